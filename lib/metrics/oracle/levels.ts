import type { OracleRow } from './history'
import { endOfDay, type Life, type Moment } from './life'
import { groupsOf, type World, windowDays } from './world'

/** How many items have reached each stage or one beyond, per day's end and group; only lines above 0. */
export function cumulativeFlow(world: World): OracleRow[] {
  const counts = new Counts<'reached_count' | 'behind_count' | 'removed_count'>()
  for (const day of windowDays(world)) {
    for (const life of world.lives) {
      const now = endOfDay(life, day)
      if (!now) continue
      const reached = life.stream.stages.slice(0, highWaterMark(life, day) + 1)
      for (const group of groupsOf(world, life, now, 'as_of')) {
        for (const [line, stage] of reached.entries()) counts.add(day, stage.id, group, inLine(now, line))
      }
    }
  }
  return counts.rows()
}

/** How an item that has reached a line counts in it: behind when it stands in an earlier stage, removed when it was cancelled. */
function inLine(now: Moment, line: number) {
  const isRemoved = now.status === 'removed'
  const isBehind = !isRemoved && now.position !== null && now.position < line
  return { reached_count: 1, behind_count: isBehind ? 1 : 0, removed_count: isRemoved ? 1 : 0 }
}

/** How many items stand in each stage, per day's end and group; cancelled ones stand in none. Only bands above 0. */
export function occupancy(world: World): OracleRow[] {
  const counts = new Counts<'item_count'>()
  for (const day of windowDays(world)) {
    for (const life of world.lives) {
      const now = endOfDay(life, day)
      if (!now || now.status === 'removed') continue
      for (const group of groupsOf(world, life, now, 'as_of')) counts.add(day, now.stageId, group, { item_count: 1 })
    }
  }
  return counts.rows()
}

/** The furthest place reached by the end of a day; every item that was created has reached the first line. */
function highWaterMark(life: Life, day: number): number {
  const places = life.moments.filter((moment) => moment.day <= day).map((moment: Moment) => moment.position ?? 0)
  return Math.max(0, ...places)
}

class Counts<Name extends string> {
  readonly #rows = new Map<string, Record<string, string | number | null>>()

  add(day: number, stageId: string, group: string | null, numbers: Readonly<Record<Name, number>>): void {
    const key = JSON.stringify([day, stageId, group])
    const row = this.#rows.get(key) ?? { day_on: day, stage_id: stageId, group }
    for (const [name, value] of Object.entries<number>(numbers)) row[name] = Number(row[name] ?? 0) + value
    this.#rows.set(key, row)
  }

  rows(): OracleRow[] {
    return [...this.#rows.values()]
  }
}
