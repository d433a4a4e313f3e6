import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { Encoding } from './negotiate'

/** A body as it goes over the wire. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly encoding: Encoding
  readonly byteLength: number
}

/** Smaller bodies are not worth the compression. */
const WORTHWHILE_BYTES = 1024
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Compresses at the fastest level: answers are many and connections fast. */
export async function pack(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Packed> {
  if (bytes.length < WORTHWHILE_BYTES || encoding === 'identity') return { bytes, encoding: 'identity', byteLength: bytes.length }
  const packed = encoding === 'br' ? await brotli(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } }) : await zip(bytes, { level: 1 })
  return { bytes: new Uint8Array(packed), encoding, byteLength: packed.length }
}
