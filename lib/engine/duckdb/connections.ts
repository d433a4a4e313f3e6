import { rm } from 'node:fs/promises'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Connection } from './connection'

/** Connections of one instance; made when first needed. Who takes one sees to it that there are not too many. */
export class Connections {
  readonly #idle: Connection[] = []
  /** Those in use whose plans are out of date. */
  readonly #outdated = new Set<Connection>()
  readonly #used = new Set<Connection>()

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly setup: DuckDBConnection,
    /** Folder for what doesn't fit into memory; there once something did not. */
    private readonly spill: string,
  ) {}

  async take(): Promise<Connection> {
    const connection = this.#idle.pop() ?? new Connection(await this.instance.connect())
    this.#used.add(connection)
    return connection
  }

  give(connection: Connection): void {
    this.#used.delete(connection)
    if (this.#outdated.delete(connection)) connection.forget()
    this.#idle.push(connection)
  }

  /** After views were made anew: nobody goes on by an old plan. */
  forgetPlans(): void {
    for (const connection of this.#idle) connection.forget()
    for (const connection of this.#used) this.#outdated.add(connection)
  }

  async close(): Promise<void> {
    for (const connection of this.#idle) connection.close()
    this.setup.closeSync()
    this.instance.closeSync()
    await rm(this.spill, { recursive: true, force: true })
  }
}
