import { createHash } from 'node:crypto'
import { NONE } from '../../engine/duckdb/chunks'
import type { Words } from '../../engine/duckdb/table-writer'

/** Every text that a build meets in states, reasons and dimensions or writes itself, by its code in the ENUM of the builder. */
export class Vocabulary implements Words {
  readonly #codes: ReadonlyMap<string, number>
  /** Two independent halves of a hash of each text; place 0 is that of no value. */
  readonly hashes: Int32Array

  /** @param texts in the order of the ENUM */
  constructor(
    readonly type: string,
    readonly texts: readonly string[],
  ) {
    this.#codes = new Map(texts.map((text, code) => [text, code]))
    this.hashes = hashAll(texts)
  }

  /** @returns `NONE` for no text. @throws RangeError for one that was never told */
  codeOf(text: string | null): number {
    if (text === null) return NONE
    const code = this.#codes.get(text)
    if (code === undefined) throw new RangeError(`unknown word ${JSON.stringify(text)}`)
    return code
  }

  has(text: string): boolean {
    return this.#codes.has(text)
  }

  textOf(code: number): string | null {
    return code === NONE ? null : (this.texts[code] ?? null)
  }
}

function hashAll(texts: readonly string[]): Int32Array {
  const hashes = new Int32Array(2 * (texts.length + 1))
  texts.forEach((text, code) => {
    const bytes = createHash('sha256').update(text).digest()
    hashes[2 * code + 2] = bytes.readInt32LE(0)
    hashes[2 * code + 3] = bytes.readInt32LE(4)
  })
  return hashes
}
