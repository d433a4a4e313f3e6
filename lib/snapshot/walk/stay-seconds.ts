import type { Followed } from './walked-table'

type Counts = (followed: Followed, row: number) => boolean

export const everyRow: Counts = () => true
export const isBlocked: Counts = ({ rows }, row) => rows.blocked[row] === 1
export const isWaiting: Counts = ({ rows, trail }, row) => trail.waits[row] === 1 || rows.blocked[row] === 1

/** Seconds between two rows of an item during which something held. */
export function secondsOf(followed: Followed, from: number, to: number, counts: Counts): number {
  let sum = 0
  for (let row = from; row < to; row++) if (counts(followed, row)) sum += followed.trail.stepSeconds[row] ?? 0
  return sum
}
