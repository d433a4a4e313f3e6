import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptsBrotli, ENCODING_HEADER, offerBrotli } from './encoding.mjs'

const BYTES = Buffer.from('a long text '.repeat(1000))
let server: Server
let url: string

/** Answers as Next does: headers one by one as lists, and no Content-Encoding of the route's own. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const isOffered = request.headers[ENCODING_HEADER] === 'br'
    response.setHeader('content-type', ['text/plain'])
    if (isOffered) response.setHeader(ENCODING_HEADER, ['br'])
    response.end(isOffered ? brotliCompressSync(BYTES) : BYTES)
  })
  offerBrotli(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function get(headers: Record<string, string>) {
  const response = await fetch(url, { headers })
  const text = await response.text()
  return { encoding: response.headers.get('content-encoding'), own: response.headers.get(ENCODING_HEADER), isWhole: text === String(BYTES) }
}

describe('offerBrotli', () => {
  it('tells the encoding of an answer to whoever accepts it', async () => {
    expect(await get({ 'accept-encoding': 'gzip, br' })).toEqual({ encoding: 'br', own: null, isWhole: true })
  })

  it('asks for plain bytes for all others, whatever they say of themselves', async () => {
    expect(await get({ 'accept-encoding': 'gzip' })).toEqual({ encoding: null, own: null, isWhole: true })
    expect(await get({ 'accept-encoding': 'identity', [ENCODING_HEADER]: 'br' })).toEqual({ encoding: null, own: null, isWhole: true })
  })

  it.each([
    ['gzip, deflate, br, zstd', true],
    ['BR;q=0.5', true],
    ['gzip, br;q=0', false],
    ['br; q=0.000', false],
    ['brotli', false],
    ['', false],
    [undefined, false],
  ])('reads %j', (header, expected) => {
    expect(acceptsBrotli(header)).toBe(expected)
  })
})
