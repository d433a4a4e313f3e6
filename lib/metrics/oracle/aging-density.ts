import type { OracleRow } from './history'
import { ownParams } from './variants'
import { agingWork } from './work'
import type { World } from './world'

const COUNTS = ['item_count', 'point_count', 'blocked_count', 'old_count', 'late_count', 'likely_count'] as const

/** Cells of stages and ages with the unfinished items in them, and the items that are points; a cell is found by walking up in equal steps. */
export function agingDensity(world: World): OracleRow[] {
  const own = ownParams(world.question, 'aging-density')
  const [low, high] = [Number(own.ageFrom ?? 1), Number(own.ageTo ?? Number.POSITIVE_INFINITY)]
  const shown = agingWork(world)
    .filter((row) => ageOf(row) >= low && ageOf(row) < high)
    .sort(oldestFirst)
  const isEach = shown.length <= Number(own.pointsBelow ?? 2000)
  const oldest = shown.slice(0, Number(own.oldest ?? 100))
  const isChosen = (row: OracleRow) => (own.selected ?? '').split(',').includes(String(row.item_id))
  const points = shown.filter((row) => isEach || oldest.includes(row) || isChosen(row))
  const pointRows = points.map((row) => ({
    ...row,
    ...{ kind: 'point', age_from: ageOf(row), age_to: ageOf(row) + 1, ...countsOf(row, world, isEach ? 1 : 0), point_count: 1 },
    reason: isChosen(row) ? 'selected' : isEach ? 'each' : 'oldest',
  }))
  if (isEach) return pointRows
  const highest = Math.max(...shown.map(ageOf))
  let step = 1
  while (step * Number(own.rows ?? 50) < highest + 1 - low) step += 1
  const cells = new Map<string, OracleRow>()
  for (const row of shown) {
    let from = low
    while (from + step <= ageOf(row)) from += step
    const place = { kind: 'cell', stream_id: row.stream_id ?? null, stage_id: row.stage_id ?? null, age_from: from }
    const key = JSON.stringify(place)
    const before = cells.get(key)
    const added: OracleRow = { ...countsOf(row, world, 1), point_count: points.includes(row) ? 1 : 0 }
    const sums = COUNTS.map((name) => [name, added[name] === null ? null : Number(before?.[name] ?? 0) + Number(added[name])])
    cells.set(key, { ...place, age_to: Math.min(from + step, highest + 1), reason: null, ...Object.fromEntries(sums) })
  }
  return [...cells.values(), ...pointRows]
}

function ageOf(row: OracleRow): number {
  return Number(row.age_days)
}

function countsOf(row: OracleRow, world: World, items: 0 | 1): OracleRow {
  const sle = world.history.streams.find(({ stream }) => stream.id === row.stream_id)?.stream.sle
  const risk = row.miss_risk_ratio ?? 0
  return {
    item_count: items,
    blocked_count: row.blocked ? items : 0,
    old_count: Number(row.percentile_rank ?? 0) >= 95 ? items : 0,
    late_count: sle ? (ageOf(row) > sle.days ? items : 0) : null,
    likely_count: sle ? (Number(risk) > 0.5 ? items : 0) : null,
  }
}

function oldestFirst(a: OracleRow, b: OracleRow): number {
  const [nameA, nameB] = [a, b].map((row) => `${row.stream_id}\u0000${row.item_id}`)
  return ageOf(b) - ageOf(a) || ((nameA ?? '') < (nameB ?? '') ? -1 : 1)
}
