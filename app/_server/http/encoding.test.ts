import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { longBody, wholeBody } from './body'
import { ENCODING_HEADER, encoded } from './encoding'
import { answerImmutable } from './immutable'

/** Pieces of 60 kB that wait in buffers. */
const MOST_AHEAD = 50

const BYTES = new TextEncoder().encode('stage,count\n'.repeat(5000))

async function bytesOf(content: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(content).arrayBuffer())
}

function answered(headers: Record<string, string>, bytes = BYTES): Promise<Response> {
  const request = new Request('http://localhost/api/x', { headers })
  return answerImmutable({
    request,
    identity: ['encoding test', bytes.length],
    contentType: 'text/csv',
    make: async () => wholeBody(bytes),
  })
}

describe('encoded', () => {
  it('gives the same bytes, whole or piece by piece, in Brotli', async () => {
    const bodies = [wholeBody(BYTES), longBody(() => [BYTES, BYTES].values())]
    for (const [index, body] of bodies.entries()) {
      const compressed = await encoded(body, 'br')
      expect(compressed.encoding).toBe('br')
      for (let time = 0; time < 2; time++) {
        const plain = brotliDecompressSync(await bytesOf(compressed.content()))
        expect(plain.equals(Buffer.concat(index ? [BYTES, BYTES] : [BYTES]))).toBe(true)
      }
    }
  })

  it('leaves a small body, and one that nobody wants in Brotli, as it is', async () => {
    expect((await encoded(wholeBody(new Uint8Array(100)), 'br')).encoding).toBeUndefined()
    expect((await encoded(wholeBody(BYTES), undefined)).encoding).toBeUndefined()
  })

  it('makes pieces no faster than they are read, and none when the reader goes away', async () => {
    let made = 0
    let tellEnd = () => {}
    const ended = new Promise<void>((resolve) => {
      tellEnd = resolve
    })
    const endless = (function* () {
      try {
        for (;;) yield crypto.getRandomValues(new Uint8Array(60_000 + (made++ % 2)))
      } finally {
        tellEnd()
      }
    })()
    const body = await encoded(
      longBody(() => endless),
      'br',
    )
    const reader = (body.content() as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    expect(made).toBeLessThan(MOST_AHEAD)
    await reader.cancel()
    await ended
    expect(made).toBeLessThan(MOST_AHEAD)
  })

  it('tells the reader when a piece can’t be made', async () => {
    const failing = (function* () {
      yield BYTES
      throw new Error('no more')
    })()
    const body = await encoded(
      longBody(() => failing),
      'br',
    )
    await expect(bytesOf(body.content())).rejects.toThrow('no more')
  })
})

describe('an immutable answer', () => {
  it('has an ETag for each encoding, and says what it depends on', async () => {
    const [plain, brotli] = [await answered({}), await answered({ [ENCODING_HEADER]: 'br' })]
    expect(plain.headers.get(ENCODING_HEADER)).toBeNull()
    expect(brotli.headers.get(ENCODING_HEADER)).toBe('br')
    expect(plain.headers.get('etag')).not.toBe(brotli.headers.get('etag'))
    expect(brotli.headers.get('vary')).toBe('Accept, Accept-Encoding')
    expect(brotliDecompressSync(await brotli.arrayBuffer()).equals(BYTES)).toBe(true)
    expect(Buffer.from(await plain.arrayBuffer()).equals(BYTES)).toBe(true)
  })

  it('is not sent to whoever has it in this encoding already', async () => {
    const first = await answered({ [ENCODING_HEADER]: 'br' })
    const etag = first.headers.get('etag') ?? ''
    const again = await answered({ [ENCODING_HEADER]: 'br', 'if-none-match': `W/${etag}` })
    expect([again.status, again.headers.get('etag'), again.body]).toEqual([304, etag, null])
    expect((await answered({ 'if-none-match': etag })).status).toBe(200)
  })
})
