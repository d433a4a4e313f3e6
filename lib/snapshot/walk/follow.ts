import { NONE } from '../../engine/duckdb/chunks'
import { SPANS } from '../../model/unit'
import { CANCELLED_POSITION, UNMAPPED_POSITION } from '../positions'
import type { ItemRows } from './item-rows'
import { positionOf, type StreamReading, waitsIn, worksIn } from './reading'

export const OPEN = 0
export const FINISHED = 1
const REMOVED = 2
/** Statuses by number, as tables call them. */
export const STATUSES = ['open', 'finished', 'removed'] as const

const MICROSECONDS = 1_000_000

/** What is true of a span from a change on. */
export class SpanTrack {
  /** Row in which the item first, and latest, came into the span; -1: not yet. */
  first = new Int32Array(0)
  last = new Int32Array(0)
  inside = new Uint8Array(0)
  /** Seconds before the row: inside the span, and since its first start active, waiting, blocked. */
  seconds = new Float64Array(0)
  active = new Float64Array(0)
  waiting = new Float64Array(0)
  blocked = new Float64Array(0)

  resize(size: number): void {
    this.first = new Int32Array(size)
    this.last = new Int32Array(size)
    this.inside = new Uint8Array(size)
    this.seconds = new Float64Array(size)
    this.active = new Float64Array(size)
    this.waiting = new Float64Array(size)
    this.blocked = new Float64Array(size)
  }
}

/** What an item does until its next change. */
const IDLE = 0
const WORKS = 1
const WAITS = 2

/**
 * Follows one item through the stages of its stream: what is true from each of its changes on. Only what lies before a row
 * decides the row, so that any past day can be asked for.
 */
export class Trail {
  position = new Int32Array(0)
  waits = new Uint8Array(0)
  status = new Uint8Array(0)
  /** Highest position so far. */
  mark = new Int32Array(0)
  /** Whole seconds until the next change; 0 for the last. */
  stepSeconds = new Float64Array(0)
  readonly spans = SPANS.map(() => new SpanTrack())
  /** Latest position that is one of the order. */
  #settled = new Int32Array(0)
  #doing = new Uint8Array(0)

  follow(rows: ItemRows, reading: StreamReading): void {
    this.#ensure(rows.capacity)
    this.#place(rows, reading)
    this.#measure(rows, reading)
    this.spans.forEach((track, index) => {
      this.#enter(track, rows, reading.starts[index] ?? UNMAPPED_POSITION)
      this.#sum(track, rows)
    })
  }

  #ensure(size: number): void {
    if (this.position.length >= size) return
    this.position = new Int32Array(size)
    this.waits = new Uint8Array(size)
    this.status = new Uint8Array(size)
    this.mark = new Int32Array(size)
    this.stepSeconds = new Float64Array(size)
    this.#settled = new Int32Array(size)
    this.#doing = new Uint8Array(size)
    for (const track of this.spans) track.resize(size)
  }

  #place({ first, end, state }: ItemRows, reading: StreamReading): void {
    let mark = UNMAPPED_POSITION
    let settled = UNMAPPED_POSITION
    for (let row = first; row < end; row++) {
      const position = positionOf(reading, state[row] ?? NONE)
      if (position > mark) mark = position
      if (position >= 0) settled = position
      this.position[row] = position
      this.mark[row] = mark
      this.#settled[row] = settled
      this.status[row] = position === CANCELLED_POSITION ? REMOVED : position >= reading.finished ? FINISHED : OPEN
    }
  }

  #measure({ first, end, at, state, blocked }: ItemRows, reading: StreamReading): void {
    for (let row = first; row < end; row++) {
      const code = state[row] ?? NONE
      const waits = waitsIn(reading, code)
      const rests = waits || blocked[row] === 1
      this.waits[row] = waits ? 1 : 0
      this.#doing[row] = this.status[row] !== OPEN ? IDLE : rests ? WAITS : worksIn(reading, code) ? WORKS : IDLE
      this.stepSeconds[row] = row + 1 < end ? secondsBetween(at[row] ?? 0, at[row + 1] ?? 0) : 0
    }
  }

  #enter(track: SpanTrack, { first, end }: ItemRows, start: number): void {
    let [firstRow, lastRow, wasInside, wasFinished] = [-1, -1, false, false]
    for (let row = first; row < end; row++) {
      const isFinished = this.status[row] === FINISHED
      const inside = this.status[row] === OPEN && (this.#settled[row] ?? UNMAPPED_POSITION) >= start
      const comesIn = inside || (isFinished && !wasFinished)
      if (firstRow < 0 && (this.mark[row] ?? UNMAPPED_POSITION) >= start) firstRow = row
      if (comesIn && !wasInside) lastRow = row
      track.first[row] = firstRow
      track.last[row] = lastRow
      track.inside[row] = inside ? 1 : 0
      wasInside = inside
      wasFinished = isFinished
    }
  }

  #sum(track: SpanTrack, { first, end, blocked }: ItemRows): void {
    let [inside, active, waiting, stopped] = [0, 0, 0, 0]
    for (let row = first; row < end; row++) {
      track.seconds[row] = inside
      track.active[row] = active
      track.waiting[row] = waiting
      track.blocked[row] = stopped
      const seconds = this.stepSeconds[row] ?? 0
      const doing = this.#doing[row]
      if (track.inside[row]) inside += seconds
      if ((track.first[row] ?? -1) < 0 || doing === IDLE) continue
      if (doing === WORKS) active += seconds
      else waiting += seconds
      if (blocked[row]) stopped += seconds
    }
  }
}

/** Seconds that begin between two instants in µs, as `date_diff` counts them. */
export function secondsBetween(from: number, to: number): number {
  return Math.floor(to / MICROSECONDS) - Math.floor(from / MICROSECONDS)
}
