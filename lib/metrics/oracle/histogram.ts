import { finishedLives, lengthOf } from './finished'
import type { OracleRow } from './history'
import type { World } from './world'

/** How many finished items took each number of days; a begun day of elapsed time is a day. */
export function spanHistogram(world: World): OracleRow[] {
  const rows = new Map<string, { days: number; group: string | null; item_count: number }>()
  for (const finished of finishedLives(world)) {
    const days = Math.ceil(lengthOf(finished, world))
    for (const group of finished.groups) {
      const key = JSON.stringify([days, group])
      const row = rows.get(key) ?? { days, group, item_count: 0 }
      row.item_count += 1
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}
