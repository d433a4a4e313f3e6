import { pipeline, Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress } from 'node:zlib'
import type { Body } from './body'

/** Carried by a request where the server in front of Next sees to it that the encoding of the answer is told: scripts/encoding.mjs. */
export const ENCODING_HEADER = 'x-streamgauge-encoding'
/** As quick as copying over a network, and still half the size of the plain bytes or less. */
const PARAMS = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const LEAST_BYTES = 1024
const CHUNK_BYTES = 65_536
const CHUNKS_AHEAD = 4

const compress = promisify(brotliCompress)

/** How an answer may be written for this request. */
export function encodingOf(request: Request): 'br' | undefined {
  return request.headers.get(ENCODING_HEADER) === 'br' ? 'br' : undefined
}

/** The same body in Brotli where that is wished; a very small one stays as it is. */
export async function encoded(body: Body, encoding: 'br' | undefined): Promise<Body> {
  if (!encoding) return body
  const content = body.content()
  if (content instanceof ReadableStream) {
    return { byteLength: body.byteLength, encoding, content: () => compressed(body.content() as ReadableStream<Uint8Array>) }
  }
  if (content.byteLength < LEAST_BYTES) return body
  const bytes = new Uint8Array(await compress(content, PARAMS))
  return { byteLength: bytes.byteLength, encoding, content: () => bytes }
}

/**
 * Compresses no faster than it is read. Node counts what waits in a web stream by pieces, though it means bytes: of itself it would take
 * 16,384 pieces ahead of the reader, which is the whole answer.
 */
function compressed(plain: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const source = Readable.fromWeb(plain as NodeStream<Uint8Array>)
  // An error on the way is told to whoever reads the end.
  const written = pipeline(source, createBrotliCompress({ ...PARAMS, chunkSize: CHUNK_BYTES }), () => undefined)
  return Readable.toWeb(written, { strategy: { highWaterMark: CHUNKS_AHEAD } }) as ReadableStream<Uint8Array>
}
