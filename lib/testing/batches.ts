import type { RawHistory } from '@/lib/metrics/oracle/history'
import { Rng } from '@/lib/stats/rng'
import type { Batches } from './build'

/** One in so many rows comes later than what happened after it. */
const LATE = 9

/** Rows of each stream in batches, some of them late. No batch tells of an item that it is in no state: its rows would be left out for good. */
export function drawBatches(history: RawHistory, seed: number, count: number): Omit<Batches, 'areAdded'> {
  const rng = Rng.of(seed)
  const batches = new Map<string, number[]>()
  for (const { stream, items } of history.streams) {
    const own = items.flatMap(({ changes }) => {
      const bounds = Array.from({ length: count - 1 }, () => rng.int(changes.length + 1)).sort((a, b) => a - b)
      const drawn = changes.map((_, row) => (rng.int(LATE) === 0 ? rng.int(count) : bounds.filter((bound) => bound <= row).length))
      const stated = drawn.filter((_, row) => changes[row]?.state !== null)
      const first = stated.length ? Math.min(...stated) : count - 1
      return drawn.map((batch) => Math.max(batch, first))
    })
    batches.set(stream.id, own)
  }
  return { count, of: (streamId, row) => batches.get(streamId)?.[row] ?? 0 }
}
