import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { longBody, wholeBody } from './body'
import { ENCODING_HEADER, encoded } from './encoding'
import { answerImmutable } from './immutable'

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

  it('stops making pieces when the reader goes away', async () => {
    let made = 0
    const endless = (function* () {
      for (;;) yield crypto.getRandomValues(new Uint8Array(60_000 + (made++ % 2)))
    })()
    const reader = (
      (
        await encoded(
          longBody(() => endless),
          'br',
        )
      ).content() as ReadableStream<Uint8Array>
    ).getReader()
    await reader.read()
    await reader.cancel()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const before = made
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(made).toBe(before)
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
