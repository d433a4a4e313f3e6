import { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress } from 'node:zlib'
import type { Body } from './body'

/** Carried by a request where the server in front of Next sees to it that the encoding of the answer is told: scripts/encoding.mjs. */
export const ENCODING_HEADER = 'x-streamgauge-encoding'
/** As quick as copying over a network, and still half the size of the plain bytes or less. */
const PARAMS = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const LEAST_BYTES = 1024

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
    const stream = () => (body.content() as ReadableStream<Uint8Array>).pipeThrough(Duplex.toWeb(createBrotliCompress(PARAMS)) as Transform)
    return { byteLength: body.byteLength, encoding, content: stream }
  }
  if (content.byteLength < LEAST_BYTES) return body
  const bytes = new Uint8Array(await compress(content, PARAMS))
  return { byteLength: bytes.byteLength, encoding, content: () => bytes }
}

interface Transform {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
}
