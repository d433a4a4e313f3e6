import { finishedLives } from './finished'
import type { OracleRow } from './history'
import { netFlow } from './net-flow'
import { wip } from './work'
import { type World, windowDays } from './world'

const TOLERANCE = 0.1

interface Level {
  readonly items: number
  readonly age: number
}

/** Each assumption of Little's law and the law itself, by how far its two sides lie apart (definitions §8). */
export function littlesLaw(asked: World): OracleRow[] {
  const { question } = asked
  const world = { ...asked, question: { ...question, rule: question.rule ?? 'as_of', groupBy: undefined, grain: undefined } }
  const finished = finishedLives(world)
  const days = windowDays(world)
  if (!days.length || !finished.length) return [{ assumption: 'there is anything to judge', holds: false, residual_ratio: null }]
  const levels = levelsOf(world, days)
  const { came, left } = movesOf(world)
  const first = levels[0] ?? { items: 0, age: 0 }
  const last = levels[levels.length - 1] ?? first
  const before = last.items - (came - left)
  const meanWip = levels.reduce((sum, level) => sum + level.items, 0) / days.length
  const meanTime = finished.reduce((sum, one) => sum + one.elapsedDays, 0) / finished.length
  return [
    row('arrivals equal departures', apart(came, left)),
    row('WIP is the same at both ends', apart(first.items, last.items)),
    row('the average age neither rises nor falls', apart(meanAge(first), meanAge(last))),
    row('everything started is finished or removed', came + before === 0 ? 0 : last.items / (came + before)),
    row('mean time = mean WIP ÷ throughput', apart(meanTime, meanWip / (finished.length / days.length))),
    { assumption: 'units agree', holds: true, residual_ratio: null },
  ]
}

function levelsOf(world: World, days: readonly number[]): Level[] {
  const rows = new Map(wip(world).map((level) => [level.day_on, level]))
  return days.map((day) => ({ items: Number(rows.get(day)?.item_count ?? 0), age: Number(rows.get(day)?.total_age_days ?? 0) }))
}

/** What came into the slice in progress and what left it, transfers included. */
function movesOf(world: World): { came: number; left: number } {
  const sums: Record<string, number> = {}
  for (const flows of netFlow(world)) for (const [name, count] of Object.entries(flows)) sums[name] = (sums[name] ?? 0) + Number(count)
  const sum = (name: string) => sums[name] ?? 0
  return {
    came: sum('arrivals') + sum('transfers_in'),
    left: sum('departures') + sum('removals') - sum('restorations') + sum('transfers_out'),
  }
}

function meanAge(level: Level): number {
  return level.items ? level.age / level.items : 0
}

function apart(found: number, expected: number): number {
  const scale = Math.max(Math.abs(found), Math.abs(expected))
  return scale === 0 ? 0 : (found - expected) / scale
}

function row(assumption: string, residual: number): OracleRow {
  return { assumption, holds: Math.abs(residual) <= TOLERANCE, residual_ratio: residual }
}
