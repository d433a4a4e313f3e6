import { describe, expect, it } from 'vitest'
import { AnswerCache } from './answer-cache'

const bytes = (length: number) => new Uint8Array(length)

/** A computation that ends when told to. */
function slow() {
  const signals: AbortSignal[] = []
  let finish: (value: Uint8Array<ArrayBuffer>) => void = () => {}
  const make = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      finish = resolve
      signal.addEventListener('abort', () => reject(new Error('called off')))
    })
  }
  return { make, signals, finish: (value: Uint8Array<ArrayBuffer>) => finish(value) }
}

describe('AnswerCache', () => {
  it('answers equal questions at the same time with one computation, and keeps the answer', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>()
    const { make, signals, finish } = slow()
    const both = [cache.get('a', make), cache.get('a', make)]
    finish(bytes(3))
    expect((await Promise.all(both)).map((answer) => answer.length)).toEqual([3, 3])
    await cache.get('a', make)
    expect(signals).toHaveLength(1)
  })

  it('lets one of two go without calling off the computation', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>()
    const { make, signals, finish } = slow()
    const controller = new AbortController()
    const gone = cache.get('a', make, controller.signal)
    const stays = cache.get('a', make)
    controller.abort(new Error('left'))
    await expect(gone).rejects.toThrow('left')
    expect(signals[0]?.aborted).toBe(false)
    finish(bytes(1))
    expect((await stays).length).toBe(1)
  })

  it('calls off what nobody waits for, and starts afresh for the next', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>()
    const { make, signals, finish } = slow()
    const controller = new AbortController()
    const gone = cache.get('a', make, controller.signal)
    controller.abort(new Error('left'))
    await expect(gone).rejects.toThrow('left')
    expect(signals[0]?.aborted).toBe(true)
    const next = cache.get('a', make)
    finish(bytes(2))
    expect((await next).length).toBe(2)
  })

  it('counts an answer once that was called off too late', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>(80)
    const controller = new AbortController()
    let finish: (value: Uint8Array<ArrayBuffer>) => void = () => {}
    const late = new Promise<Uint8Array<ArrayBuffer>>((resolve) => {
      finish = resolve
    })
    const gone = cache.get('a', () => late, controller.signal)
    controller.abort(new Error('left'))
    await expect(gone).rejects.toThrow('left')
    await cache.get('a', async () => bytes(10))
    finish(bytes(10))
    await late
    for (const key of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) await cache.get(key, async () => bytes(10))
    expect(cache.has('a')).toBe(true)
  })

  it('does not keep failures', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>()
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect((await cache.get('a', async () => bytes(1))).length).toBe(1)
  })

  it('drops the least recently used first and nothing too large', async () => {
    const cache = new AnswerCache<Uint8Array<ArrayBuffer>>(80)
    const asked: string[] = []
    const ask = (key: string, length: number) =>
      cache.get(key, async () => {
        asked.push(key)
        return bytes(length)
      })
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await ask(key, 10)
    await ask('a', 10)
    await ask('i', 10)
    await ask('a', 10)
    await ask('b', 10)
    await ask('large', 11)
    await ask('large', 11)
    expect(asked.join('')).toBe('abcdefghiblargelarge')
  })
})
