import type { Columns } from '@/lib/model/columns'

/** One stay on a lane of an item's life; ms UTC. `end` is where the picture ends while it lasts. */
export interface LifeSegment {
  readonly lane: string
  readonly name: string
  readonly start: number
  readonly end: number
  readonly lasts: boolean
}

export interface LifeChange {
  readonly field: string
  readonly from: string
  readonly to: string
  readonly at: number
}

export interface LifeLine {
  readonly start: number
  readonly end: number
  readonly stages: readonly LifeSegment[]
  readonly blocked: readonly LifeSegment[]
  readonly teams: readonly LifeSegment[]
  readonly changes: readonly LifeChange[]
}

/**
 * An item's life as lanes: stays in stages, blocked spells, teams.
 * `columns`: kind, name, from_value, to_value, entered_at, left_at. `until`: last known instant of the snapshot, ms, to
 * which an unfinished life runs. `done`: stages in which it is over; the picture then ends with its last change.
 */
export function lifeLine(columns: Columns, until: number, done: readonly string[] = []): LifeLine {
  const rows = readRows(columns)
  const start = rows.reduce((least, row) => Math.min(least, row.at), Number.POSITIVE_INFINITY)
  const known = rows.reduce((most, row) => Math.max(most, row.at, row.left ?? 0), 0)
  const open = rows.some((row) => row.kind === 'stage' && row.left === null && !done.includes(row.name))
  const end = Math.max(known, open ? until : 0)
  const stays = rows.filter((row) => row.kind === 'stage')
  const stages = stays.map((row) => ({ lane: row.name, name: row.name, start: row.at, end: row.left ?? end, lasts: row.left === null }))
  const changes = rows.filter((row) => row.kind === 'change').map((row) => ({ field: row.name, from: row.from, to: row.to, at: row.at }))
  return {
    start: Number.isFinite(start) ? start : 0,
    end,
    stages,
    blocked: rows
      .filter((row) => row.kind === 'blocked')
      .map((row) => ({ lane: 'blocked', name: 'Blocked', start: row.at, end: row.left ?? end, lasts: row.left === null })),
    teams: teamStays(changes, start, end),
    changes,
  }
}

interface LifeRow {
  readonly kind: string
  readonly name: string
  readonly from: string
  readonly to: string
  readonly at: number
  readonly left: number | null
}

function readRows(columns: Columns): LifeRow[] {
  const [kind, name, from, to] = ['kind', 'name', 'from_value', 'to_value'].map((column) => columns.texts(column))
  const [entered, left] = [columns.numbers('entered_at'), columns.numbers('left_at')]
  return Array.from({ length: columns.rowCount }, (_, row) => ({
    kind: kind?.[row] ?? '',
    name: name?.[row] ?? '',
    from: from?.[row] ?? '',
    to: to?.[row] ?? '',
    at: entered[row] ?? 0,
    left: left[row] ?? null,
  }))
}

/** Teams one after the other; before the first change the item had the value that the change took away. */
function teamStays(changes: readonly LifeChange[], start: number, end: number): LifeSegment[] {
  const moves = changes.filter((change) => change.field === 'team')
  const stays: LifeSegment[] = []
  const first = moves[0]
  if (first?.from) stays.push({ lane: 'team', name: first.from, start, end: first.at, lasts: false })
  moves.forEach((move, index) => {
    const next = moves[index + 1]
    if (move.to) stays.push({ lane: 'team', name: move.to, start: move.at, end: next?.at ?? end, lasts: next === undefined })
  })
  return stays.filter((stay) => stay.end > stay.start || stay.lasts)
}

/** Place of a segment in % of the whole life. */
export function placeOf(
  segment: Pick<LifeSegment, 'start' | 'end'>,
  { start, end }: Pick<LifeLine, 'start' | 'end'>,
): { left: number; width: number } {
  const whole = Math.max(end - start, 1)
  const percent = (ms: number) => Math.round((ms / whole) * 100_000) / 1000
  return { left: percent(segment.start - start), width: percent(segment.end - segment.start) }
}
