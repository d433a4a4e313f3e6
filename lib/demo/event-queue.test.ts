import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue } from './event-queue'

describe('EventQueue', () => {
  it('gives events by time, equal times in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new EventQueue<{ time: number; index: number }>()
        times.forEach((time, index) => {
          queue.push(time, { time, index })
        })
        const popped = times.map(() => queue.pop())
        expect(popped).toEqual(times.map((time, index) => ({ time, index })).sort((a, b) => a.time - b.time || a.index - b.index))
        expect(queue.pop()).toBeUndefined()
      }),
    )
  })

  it('keeps order when events are added while others are taken', () => {
    const queue = new EventQueue<string>()
    queue.push(2, 'b')
    queue.push(1, 'a')
    expect(queue.pop()).toBe('a')
    queue.push(2, 'c')
    queue.push(1.5, 'soon')
    expect([queue.pop(), queue.pop(), queue.pop(), queue.pop()]).toEqual(['soon', 'b', 'c', undefined])
  })
})
