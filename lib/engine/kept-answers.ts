import { AnswerCache } from './answer-cache'
import type { Column, ColumnTable } from './columns'

/** What is larger is not held. */
export const LARGEST_KEPT_BYTES = 48 * 1024 * 1024
/** An answer may take an eighth of its cache. */
const LIMIT_BYTES = 8 * LARGEST_KEPT_BYTES
/** A text of a dictionary, about. */
export const BYTES_PER_TEXT = 64

interface Held {
  readonly table: ColumnTable
  readonly byteLength: number
}

/**
 * Answers that others are made of, by statement and values; equal ones are asked once. Who takes one must not write into it.
 * The least recently used go first.
 */
export class KeptAnswers {
  readonly #held = new AnswerCache<Held>(LIMIT_BYTES)

  async get(key: string, ask: (signal: AbortSignal) => Promise<ColumnTable>, signal?: AbortSignal): Promise<ColumnTable> {
    const make = async (own: AbortSignal): Promise<Held> => {
      const table = await ask(own)
      return { table, byteLength: table.columns.reduce((sum, column) => sum + bytesOf(column), 0) }
    }
    return (await this.#held.get(key, make, signal)).table
  }
}

function bytesOf({ values, valid, dictionary }: Column): number {
  const own = dictionary ? dictionary.indices.byteLength + dictionary.texts.length * BYTES_PER_TEXT : bytesOfValues(values)
  return own + (valid?.byteLength ?? 0)
}

function bytesOfValues(values: Column['values']): number {
  return ArrayBuffer.isView(values) ? values.byteLength : values.length * BYTES_PER_TEXT
}
