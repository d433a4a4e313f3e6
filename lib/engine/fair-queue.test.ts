import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FairQueue, QueueFull, type Release, type Ticket } from './fair-queue'

/** A queue whose work ends when the test says so; `started` holds the names in the order in which they had their turn. */
function bench(options = { slots: 1, heavySlots: 1, longest: 1000 }) {
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
  const light = (name: string, asker: string, signal?: AbortSignal) => enter(name, { asker, isHeavy: false, signal })
  const heavy = (name: string, asker: string, signal?: AbortSignal) => enter(name, { asker, isHeavy: true, signal })
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  const endOne = async () => {
    await settle()
    running.shift()?.()
    await settle()
  }
  return { queue, started, running, light, heavy, endOne, settle }
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
    const { started, light, heavy, settle } = bench({ slots: 3, heavySlots: 2, longest: 1000 })
    for (let number = 0; number < 20; number++) heavy(`heavy ${number}`, 'analyst')
    await settle()
    expect(started).toEqual(['heavy 0', 'heavy 1'])
    light('chart', 'executive')
    await settle()
    expect(started).toEqual(['heavy 0', 'heavy 1', 'chart'])
  })

  it('lets go at once of what was called off, before and while it waits', async () => {
    const { queue, started, light, endOne } = bench({ slots: 1, heavySlots: 1, longest: 4 })
    const controller = new AbortController()
    light('a', 'a')
    const called = light('b', 'a', controller.signal)
    light('c', 'b')
    controller.abort(new Error('gone'))
    await expect(called).rejects.toThrow('gone')
    await expect(queue.enter({ asker: 'a', isHeavy: false, signal: controller.signal })).rejects.toThrow('gone')
    await endOne()
    await endOne()
    expect(started).toEqual(['a', 'c'])
  })

  it('is full at some point, and for one asker at half of it', async () => {
    const { light, endOne } = bench({ slots: 1, heavySlots: 1, longest: 4 })
    for (const name of ['a1', 'a2', 'a3']) light(name, 'a')
    await expect(light('a4', 'a')).rejects.toBeInstanceOf(QueueFull)
    for (const name of ['b1', 'b2']) light(name, 'b')
    await expect(light('c1', 'c')).rejects.toBeInstanceOf(QueueFull)
    await endOne()
    await Promise.race([light('c1', 'c'), Promise.resolve()])
    await expect(light('d1', 'd')).rejects.toBeInstanceOf(QueueFull)
  })

  it('gives every turn once and never more at a time than there are places', async () => {
    const work = fc.record({ asker: fc.constantFrom('a', 'b', 'c'), isHeavy: fc.boolean(), isCalledOff: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(work, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), async (works, slots) => {
        const heavySlots = Math.max(1, slots - 1)
        const queue = new FairQueue({ slots, heavySlots, longest: 1000 })
        const running = { all: 0, heavy: 0 }
        let done = 0
        const ends = works.map(async ({ asker, isHeavy, isCalledOff }, index) => {
          const controller = new AbortController()
          const turn = queue.enter({ asker, isHeavy, signal: controller.signal }).catch(() => undefined)
          if (isCalledOff) queueMicrotask(() => controller.abort())
          const release = await turn
          if (!release) return
          const weight = isHeavy ? 1 : 0
          running.all++
          running.heavy += weight
          expect([running.all <= slots, running.heavy <= heavySlots]).toEqual([true, true])
          for (let turns = 0; turns < index % 5; turns++) await Promise.resolve()
          running.all--
          running.heavy -= weight
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
