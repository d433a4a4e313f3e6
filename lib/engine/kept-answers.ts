import { AnswerCache } from './answer-cache'
import type { Column, ColumnTable } from './columns'

/** Eight of them, of half a million rows, at the least; those of ten million items are 5 MB at the most. */
const LIMIT_BYTES = 256 * 1024 * 1024
/** A text of a dictionary, about. */
const BYTES_PER_TEXT = 64

interface Held {
  readonly table: ColumnTable
  readonly byteLength: number
}

/**
 * Answers that others are made of, by statement and values; equal ones are asked once. Who takes one must not write into it.
 * The least recently used go first, and one of more than 32 MB is not held at all.
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
