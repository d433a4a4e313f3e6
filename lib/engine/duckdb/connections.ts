import { rm } from 'node:fs/promises'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Connections of one instance; made when first needed. Who takes one sees to it that there are not too many. */
export class Connections {
  readonly #idle: DuckDBConnection[] = []

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly setup: DuckDBConnection,
    /** Folder for what doesn't fit into memory; there once something did not. */
    private readonly spill: string,
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
    await rm(this.spill, { recursive: true, force: true })
  }
}
