import { type Data, makeData, Utf8 } from 'apache-arrow'
import type { Column, Dictionary } from '../columns'

/** Texts in the order in which they first occur, each once and all of them used; gaps are 0. */
export interface Numbered extends Dictionary {
  readonly valid?: Uint8Array
}

/** However a text column came, equal texts give equal numbers; and no text is told that no row has. */
export function canonical(column: Column): Numbered {
  const { dictionary, valid } = column
  if (dictionary?.isCanonical) return { ...dictionary, valid }
  return dictionary ? renumbered(dictionary, valid) : numbered(column.values as readonly (string | null)[])
}

function renumbered(dictionary: Dictionary, valid: Uint8Array | undefined): Numbered {
  const { texts: from, indices: old } = dictionary
  const numbers = new Int32Array(from.length).fill(-1)
  const known = new Map<string, number>()
  const indices = new Int32Array(old.length)
  for (let row = 0; row < old.length; row++) {
    if (valid && valid[row] === 0) continue
    const was = old[row] ?? 0
    let number = numbers[was] ?? -1
    if (number < 0) {
      const text = from[was] ?? ''
      number = known.get(text) ?? known.size
      known.set(text, number)
      numbers[was] = number
    }
    indices[row] = number
  }
  return { texts: [...known.keys()], indices, valid }
}

function numbered(values: readonly (string | null)[]): Numbered {
  const known = new Map<string, number>()
  const indices = new Int32Array(values.length)
  let valid: Uint8Array | undefined
  for (const [row, value] of values.entries()) {
    if (value === null) {
      valid ??= new Uint8Array(values.length).fill(1)
      valid[row] = 0
      continue
    }
    const number = known.get(value) ?? known.size
    known.set(value, number)
    indices[row] = number
  }
  return { texts: [...known.keys()], indices, valid }
}

const encoder = new TextEncoder()
const MOST_BYTES_OF_A_UNIT = 3

/** Texts as Arrow holds them: all bytes after each other, and where each begins. */
export function utf8Data(texts: readonly string[]): Data<Utf8> {
  let units = 0
  for (const text of texts) units += text.length
  const bytes = new Uint8Array(units * MOST_BYTES_OF_A_UNIT)
  const valueOffsets = new Int32Array(texts.length + 1)
  let end = 0
  for (const [index, text] of texts.entries()) {
    end += encoder.encodeInto(text, bytes.subarray(end)).written
    valueOffsets[index + 1] = end
  }
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data: bytes.subarray(0, end) })
}
