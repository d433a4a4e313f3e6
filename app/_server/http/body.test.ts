import { describe, expect, it } from 'vitest'
import { longBody, wholeBody } from './body'

function* pieces(count: number, made: number[]) {
  for (let number = 0; number < count; number++) {
    made.push(number)
    yield new Uint8Array(40_000).fill(number)
  }
}

describe('longBody', () => {
  it('sends all pieces in their order, to each who asks', async () => {
    const body = longBody(() => pieces(5, []))
    const expected = Buffer.concat([...pieces(5, [])])
    expect(Buffer.from(await new Response(body.content()).arrayBuffer()).equals(expected)).toBe(true)
    expect(Buffer.from(await new Response(body.content()).arrayBuffer()).equals(expected)).toBe(true)
  })

  it('makes no piece that nobody takes', async () => {
    const made: number[] = []
    const content = longBody(() => pieces(100, made)).content() as ReadableStream<Uint8Array>
    const reader = content.getReader()
    await reader.read()
    expect(made.length).toBeLessThan(4)
    await reader.cancel()
    expect(made.length).toBeLessThan(4)
  })

  it('is too long to be kept', () => {
    expect(longBody(() => pieces(1, [])).byteLength).toBe(Number.POSITIVE_INFINITY)
    expect(wholeBody(new Uint8Array(3)).byteLength).toBe(3)
  })
})
