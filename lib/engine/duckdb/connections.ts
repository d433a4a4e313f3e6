import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Connections of one instance; made when first needed. Who takes one sees to it that there are not too many. */
export class Connections {
  readonly #idle: DuckDBConnection[] = []

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly setup: DuckDBConnection,
  ) {}

  async take(): Promise<DuckDBConnection> {
    return this.#idle.pop() ?? this.instance.connect()
  }

  give(connection: DuckDBConnection): void {
    this.#idle.push(connection)
  }

  async close(): Promise<void> {
    for (const connection of [this.setup, ...this.#idle]) connection.closeSync()
    this.instance.closeSync()
  }
}
