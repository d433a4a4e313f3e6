import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventLoopWatch } from './event-loop'

const HELD_MS = 300
const TURN_MS = 15_000
let watch: EventLoopWatch

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  watch = new EventLoopWatch()
})

afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

/** Lets the watch look, holds the loop up, and lets it look again. */
async function holdUp(): Promise<void> {
  await delay(50)
  const end = performance.now() + HELD_MS
  while (performance.now() < end);
  await delay(50)
}

describe('the watch over the event loop', () => {
  it('sees what holds the loop up, beyond its own pauses', async () => {
    await holdUp()
    const { max, p99, p50 } = watch.read()
    expect(max).toBeGreaterThanOrEqual(HELD_MS - 30)
    expect(p99).toBe(max)
    expect(p50).toBeLessThan(max)
  })

  it('forgets it after two turns, not after one', async () => {
    await holdUp()
    vi.advanceTimersByTime(TURN_MS)
    expect(watch.read().max).toBeGreaterThanOrEqual(HELD_MS - 30)
    vi.advanceTimersByTime(TURN_MS)
    expect(watch.read()).toEqual({ p50: 0, p99: 0, max: 0 })
  })

  it('is not changed by being read', async () => {
    await holdUp()
    expect(watch.read().max).toBe(watch.read().max)
    expect(watch.read().max).toBeGreaterThan(0)
  })
})
