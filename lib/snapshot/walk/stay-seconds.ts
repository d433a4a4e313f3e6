import type { Followed } from './walked-table'

/** Seconds between two rows of an item, and for how many of them it was waiting or blocked. */
export class Stay {
  seconds = 0
  waiting = 0
  blocked = 0

  measure({ rows, trail }: Followed, from: number, to: number): void {
    let [seconds, waiting, blocked] = [0, 0, 0]
    for (let row = from; row < to; row++) {
      const step = trail.stepSeconds[row] ?? 0
      const isBlocked = rows.blocked[row] === 1
      seconds += step
      if (isBlocked) blocked += step
      if (isBlocked || trail.waits[row] === 1) waiting += step
    }
    this.seconds = seconds
    this.waiting = waiting
    this.blocked = blocked
  }
}
