import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBPreparedStatement } from '@duckdb/node-api'
import type { SqlValue } from '../sql'

/** What pages ask has far fewer texts than values. */
const MOST_STATEMENTS = 64

/** A connection that plans a text once: planning is most of the time of a question that a cube answers. */
export class Connection {
  /** By text; the one used last stands last. */
  readonly #statements = new Map<string, DuckDBPreparedStatement>()

  constructor(private readonly inner: DuckDBConnection) {}

  /** Runs one statement; parameters by name. */
  async run(text: string, params: Record<string, SqlValue>): Promise<DuckDBMaterializedResult> {
    const statement = this.#statements.get(text) ?? (await this.inner.prepare(text))
    this.#statements.delete(text)
    try {
      statement.bind(params)
      const result = await statement.run()
      this.#keep(text, statement)
      return result
    } catch (error) {
      // It may have been stopped half-way, or speak of tables that are gone.
      statement.destroySync()
      throw error
    }
  }

  interrupt(): void {
    this.inner.interrupt()
  }

  /** Plans every text anew: a plan goes on reading what a view stood for when it was made, and keeps that open. */
  forget(): void {
    for (const statement of this.#statements.values()) statement.destroySync()
    this.#statements.clear()
  }

  close(): void {
    this.forget()
    this.inner.closeSync()
  }

  #keep(text: string, statement: DuckDBPreparedStatement): void {
    this.#statements.set(text, statement)
    const [oldest] = this.#statements
    if (this.#statements.size <= MOST_STATEMENTS || !oldest) return
    this.#statements.delete(oldest[0])
    oldest[1].destroySync()
  }
}
