import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairQueue, type FairQueueOptions, QueueFull, type Release, type Ticket, type Weight } from './fair-queue'

const ONE: FairQueueOptions = { slots: 1, slowSlots: 1, alikeSlots: 1, longest: 1000 }

/** A queue whose work ends when the test says so; `started` holds the names in the order in which they had their turn. */
function bench(options = ONE) {
  const queue = new FairQueue(options)
  const started: string[] = []
  const running: Release[] = []
  const enter = (name: string, ticket: Ticket) => {
    const turn = queue.enter(ticket).then((release) => {
      started.push(name)
      running.push(release)
    })
    turn.catch(() => {})
    return turn
  }
  const light = (name: string, asker: string, signal?: AbortSignal) => enter(name, { asker, weight: 'light', signal })
  const heavy = (name: string, asker: string) => enter(name, { asker, weight: 'heavy' })
  const long = (name: string, asker: string) => enter(name, { asker, weight: 'long' })
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  const endOne = async () => {
    await settle()
    running.shift()?.()
    await settle()
  }
  return { queue, started, running, light, heavy, long, endOne, settle }
}

describe('FairQueue', () => {
  it('serves askers in turn, however much each of them wants', async () => {
    const { started, light, endOne } = bench()
    for (const name of ['a1', 'a2', 'a3', 'a4']) light(name, 'a')
    for (const name of ['b1', 'b2']) light(name, 'b')
    light('c1', 'c')
    for (let ended = 0; ended < 7; ended++) await endOne()
    expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
  })

  it('serves light work before heavy, but heavy work is not put off for ever', async () => {
    const { started, light, heavy, endOne } = bench()
    light('first', 'a')
    heavy('heavy', 'a')
    for (let number = 0; number < 40; number++) light(`light ${number}`, 'b')
    for (let ended = 0; ended < 42; ended++) await endOne()
    expect(started.indexOf('heavy')).toBe(16)
  })

  it('keeps a place free of heavy work', async () => {
    const { started, light, heavy, settle } = bench({ slots: 3, slowSlots: 2, alikeSlots: 2, longest: 1000 })
    for (let number = 0; number < 20; number++) heavy(`heavy ${number}`, 'analyst')
    await settle()
    expect(started).toEqual(['heavy 0', 'heavy 1'])
    light('chart', 'executive')
    await settle()
    expect(started).toEqual(['heavy 0', 'heavy 1', 'chart'])
  })

  it('has a place for heavy work that long work leaves free, and takes turns where there is one for both', async () => {
    const apart = bench({ slots: 4, slowSlots: 2, alikeSlots: 1, longest: 1000 })
    for (const name of ['long 0', 'long 1']) apart.long(name, 'analyst')
    for (const name of ['heavy 0', 'heavy 1']) apart.heavy(name, 'executive')
    await apart.settle()
    expect(apart.started).toEqual(['long 0', 'heavy 0'])
    const together = bench()
    for (const name of ['long 0', 'long 1', 'long 2']) together.long(name, 'analyst')
    for (const name of ['heavy 0', 'heavy 1']) together.heavy(name, 'executive')
    for (let ended = 0; ended < 5; ended++) await together.endOne()
    expect(together.started).toEqual(['long 0', 'heavy 0', 'long 1', 'heavy 1', 'long 2'])
  })

  it('lets go at once of what was called off, before and while it waits', async () => {
    const { queue, started, light, endOne } = bench({ ...ONE, longest: 4 })
    const controller = new AbortController()
    light('a', 'a')
    const called = light('b', 'a', controller.signal)
    light('c', 'b')
    controller.abort(new Error('gone'))
    await expect(called).rejects.toThrow('gone')
    await expect(queue.enter({ asker: 'a', weight: 'light', signal: controller.signal })).rejects.toThrow('gone')
    await endOne()
    await endOne()
    expect(started).toEqual(['a', 'c'])
  })

  it('is full at some point, and for one asker at half of it', async () => {
    const { light, endOne } = bench({ ...ONE, longest: 4 })
    for (const name of ['a1', 'a2', 'a3']) light(name, 'a')
    await expect(light('a4', 'a')).rejects.toBeInstanceOf(QueueFull)
    for (const name of ['b1', 'b2']) light(name, 'b')
    await expect(light('c1', 'c')).rejects.toBeInstanceOf(QueueFull)
    await endOne()
    await Promise.race([light('c1', 'c'), Promise.resolve()])
    await expect(light('d1', 'd')).rejects.toBeInstanceOf(QueueFull)
  })

  it('gives every turn once and never more at a time than there are places', async () => {
    const weights = fc.constantFrom<Weight>('light', 'heavy', 'long')
    const work = fc.record({ asker: fc.constantFrom('a', 'b', 'c'), weight: weights, isCalledOff: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(work, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), async (works, slots) => {
        const slowSlots = Math.max(1, slots - 1)
        const alikeSlots = Math.max(1, slowSlots - 1)
        const queue = new FairQueue({ slots, slowSlots, alikeSlots, longest: 1000 })
        const running: Record<Weight, number> = { light: 0, heavy: 0, long: 0 }
        let done = 0
        const ends = works.map(async ({ asker, weight, isCalledOff }, index) => {
          const controller = new AbortController()
          const turn = queue.enter({ asker, weight, signal: controller.signal }).catch(() => undefined)
          if (isCalledOff) queueMicrotask(() => controller.abort())
          const release = await turn
          if (!release) return
          running[weight]++
          const { light, heavy, long } = running
          expect(light + heavy + long).toBeLessThanOrEqual(slots)
          expect(heavy + long).toBeLessThanOrEqual(slowSlots)
          expect(Math.max(heavy, long)).toBeLessThanOrEqual(alikeSlots)
          for (let turns = 0; turns < index % 5; turns++) await Promise.resolve()
          running[weight]--
          if (!isCalledOff) done++
          release()
          release()
        })
        await Promise.all(ends)
        expect(done).toBe(works.filter(({ isCalledOff }) => !isCalledOff).length)
      }),
    )
  })
})
