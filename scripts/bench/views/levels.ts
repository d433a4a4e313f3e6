import type { ColumnTable } from '@/lib/engine/columns'
import { ALL_STREAMS, stageCodes } from '../rivals/fact-tables'
import type { RivalRow, RivalRows } from '../rivals/rival'
import { dictionaryColumn, floatColumn, intColumn, tableOf } from './columns'
import { stageLines } from './stages'
import { num, type RivalQuestion, type ViewKind, type World, where } from './view'

const KEYS = 'position, mark, status'
const REMOVED = 2

const STAGE_LEVELS = 'cube_stage_levels'

type Choose = (filters: World['filters']['portfolio']) => Readonly<Record<string, readonly number[]>>

function flowKind(name: string, choose: Choose, cube: string | undefined): ViewKind {
  const filtersOf = (world: World) => Object.entries(choose(world.filters[world.stream === undefined ? 'portfolio' : 'stream']))
  return {
    name,
    metric: 'cumulative-flow',
    params: (world) =>
      Object.fromEntries(
        filtersOf(world).map(([dimension, codes]) => [dimension, codes.map((code) => world.values[dimension]?.[code] ?? '').join(',')]),
      ),
    figures: ['reached_count', 'behind_count', 'removed_count'],
    rival: (world) => {
      const filters = filtersOf(world).map(([dimension, codes]) => ({ dimension, codes }))
      return flowQuestion(world, filters, cube)
    },
  }
}

export const LEVEL_VIEWS: readonly ViewKind[] = [
  flowKind('cumulative flow', () => ({}), STAGE_LEVELS),
  flowKind('cumulative flow, a team and a type', ({ team, type }) => ({ team: [team], type: [type] }), 'cube_levels_team_type'),
  flowKind(
    'cumulative flow, any filter',
    ({ teams, types, priorities }) => ({ team: teams, type: types, priority: priorities }),
    undefined,
  ),
  { name: 'occupancy', metric: 'occupancy', figures: [] },
  { name: 'wip', metric: 'wip', figures: ['item_count', 'total_age_days', 'flow_debt_days'], rival: wipQuestion },
]

interface Filter {
  readonly dimension: string
  readonly codes: readonly number[]
}

function flowQuestion(world: World, filters: readonly Filter[], cube: string | undefined): RivalQuestion {
  const conditions = filters.map(({ dimension, codes }) => `${dimension} IN (${codes.join(', ')})`)
  const ended = where(world, ...conditions, `to_day <= ${world.lastDay}`)
  const statement = `SELECT stream, day, ${KEYS}, sum(delta) FROM (
    SELECT stream, from_day AS day, ${KEYS}, CAST(count(*) AS BIGINT) AS delta FROM spells ${where(world, ...conditions)} GROUP BY stream, from_day, ${KEYS}
    UNION ALL SELECT stream, to_day, ${KEYS}, 0 - CAST(count(*) AS BIGINT) FROM spells ${ended} GROUP BY stream, to_day, ${KEYS}) AS turns
    GROUP BY stream, day, ${KEYS} HAVING sum(delta) <> 0`
  const summed = `SELECT stream, day, ${KEYS}, sum(delta) FROM ${cube} ${where(world, ...conditions)} GROUP BY stream, day, ${KEYS}`
  const scanned = ['stream', 'from_day', 'to_day', 'position', 'mark', 'status', ...filters.map(({ dimension }) => dimension)]
  return {
    statements: () => [statement],
    cubed: cube === STAGE_LEVELS ? keptLevels(world) : cube === undefined ? undefined : { statements: [summed] },
    finish: ([rows = []]) => runFlow(rows, world),
    scan: `SELECT ${scanned.map((column) => `sum(${column})`).join(', ')} FROM spells ${where(world)}`,
    loop: { table: 'spells', columns: scanned, run: (columns) => countTurns(columns, filters, world) },
  }
}

/** Levels that are kept as we keep them. */
function keptLevels(world: World): RivalQuestion['cubed'] {
  const lines = stageLines(world)
  const lineOf = new Map(lines.map(({ id }, line) => [stageCodes(world.streams).get(id), line]))
  return {
    statements: [`SELECT day, stage, reached, behind, removed FROM ${STAGE_LEVELS} WHERE stream = ${world.stream ?? ALL_STREAMS}`],
    finish: ([rows = []]) => {
      const levels = emptyLevels(world, lines.length)
      for (const row of rows) {
        const cell = (num(row[0]) - world.firstDay) * lines.length + (lineOf.get(num(row[1])) ?? 0)
        levels.reached[cell] = num(row[2])
        levels.behind[cell] = num(row[3])
        levels.removed[cell] = num(row[4])
      }
      return levelTable(world, levels)
    },
  }
}

/** By day and line. */
type Levels = Readonly<Record<'reached' | 'behind' | 'removed', Int32Array>>

function emptyLevels(world: World, lines: number): Levels {
  const cells = (world.lastDay - world.firstDay + 1) * lines
  return { reached: new Int32Array(cells), behind: new Int32Array(cells), removed: new Int32Array(cells) }
}

/** The levels of every line at the end of each day. */
function runFlow(rows: RivalRows, world: World): ColumnTable {
  const lines = stageLines(world)
  const levels = emptyLevels(world, lines.length)
  const { reached, behind, removed } = levels
  for (const row of rows) {
    const [stream, day, position, mark, status, delta] = row.map(num) as [number, number, number, number, number, number]
    const at = (Math.max(day, world.firstDay) - world.firstDay) * lines.length
    lines.forEach(({ positions }, index) => {
      const line = positions.get(stream)
      if (line === undefined || (line > 0 && mark < line)) return
      reached[at + index] = (reached[at + index] ?? 0) + delta
      if (status === REMOVED) removed[at + index] = (removed[at + index] ?? 0) + delta
      else if (position >= 0 && position < line) behind[at + index] = (behind[at + index] ?? 0) + delta
    })
  }
  for (const sums of [reached, behind, removed]) {
    for (let cell = lines.length; cell < sums.length; cell++) sums[cell] = (sums[cell] ?? 0) + (sums[cell - lines.length] ?? 0)
  }
  return levelTable(world, levels)
}

function levelTable(world: World, { reached, behind, removed }: Levels): ColumnTable {
  const lines = stageLines(world)
  return tableOf([
    intColumn(
      'day_on',
      reached.map((_, cell) => world.firstDay + Math.floor(cell / lines.length)),
      'day',
    ),
    dictionaryColumn(
      'stage_id',
      lines.map(({ id }) => id),
      reached.map((_, cell) => cell % lines.length),
    ),
    intColumn('reached_count', reached),
    intColumn('behind_count', behind),
    intColumn('removed_count', removed),
  ])
}

const MOST = 16

/** Net changes by counting into one array: stream × day × position × mark × status. */
function countTurns(columns: readonly Int32Array[], filters: readonly Filter[], world: World): RivalRows {
  const [stream, from, to, position, mark, status, ...values] = columns
  if (!stream || !from || !to || !position || !mark || !status) return []
  const days = world.lastDay - world.firstDay + 1
  const counts = new Int32Array(world.streams.length * days * MOST * MOST * 3)
  const allowed = filters.map(({ codes }) => {
    const flags = new Uint8Array(1 << 15)
    for (const code of codes) flags[code] = 1
    return flags
  })
  for (let row = 0; row < stream.length; row++) {
    if (world.stream !== undefined && stream[row] !== world.stream) continue
    if (!passes(values, allowed, row)) continue
    const key = (((position[row] as number) + 2) * MOST + (mark[row] as number) + 2) * 3 + (status[row] as number)
    const base = (stream[row] as number) * days - world.firstDay
    const entered = (base + (from[row] as number)) * MOST * MOST * 3 + key
    counts[entered] = (counts[entered] as number) + 1
    if ((to[row] as number) > world.lastDay) continue
    const left = (base + (to[row] as number)) * MOST * MOST * 3 + key
    counts[left] = (counts[left] as number) - 1
  }
  return turnsOf(counts, days, world.firstDay)
}

function passes(values: readonly Int32Array[], allowed: readonly Uint8Array[], row: number): boolean {
  for (let index = 0; index < allowed.length; index++) if (!allowed[index]?.[values[index]?.[row] ?? 0]) return false
  return true
}

function turnsOf(counts: Int32Array, days: number, firstDay: number): RivalRow[] {
  const rows: RivalRow[] = []
  for (let cell = 0; cell < counts.length; cell++) {
    const delta = counts[cell]
    if (!delta) continue
    const [key, place] = [cell % (MOST * MOST * 3), Math.floor(cell / (MOST * MOST * 3))]
    const [status, marks] = [key % 3, Math.floor(key / 3)]
    rows.push([Math.floor(place / days), (place % days) + firstDay, Math.floor(marks / MOST) - 2, (marks % MOST) - 2, status, delta])
  }
  return rows
}

function wipQuestion(world: World): RivalQuestion {
  const inside = ['status = 0', 'start_day IS NOT NULL']
  const left = `to_day <= ${world.lastDay}`
  const late = ['late_day < to_day', `late_day <= ${world.lastDay}`]
  const part = (day: string, sign: string, sums: readonly string[], conditions: readonly string[]) =>
    `SELECT ${day} AS day, ${sums.map((sum) => `${sign}CAST(${sum} AS BIGINT)`).join(', ')} FROM spells ${where(world, ...inside, ...conditions)} GROUP BY ${day}`
  const lateDay = 'CASE WHEN from_day > late_day THEN from_day ELSE late_day END'
  const zero = '(count(*) - count(*))'
  const [all, beyond] = [
    ['count(*)', 'sum(start_day)', zero, zero],
    [zero, zero, 'count(*)', 'sum(late_day)'],
  ]
  const parts = [
    part('from_day', '', all, []),
    part('to_day', '0 - ', all, [left]),
    part(lateDay, '', beyond, late),
    part('to_day', '0 - ', beyond, [...late, left]),
  ]
  return {
    statements: () => parts,
    finish: (answers) => runWip(answers, world),
    scan: `SELECT sum(from_day), sum(to_day), sum(start_day), sum(late_day), sum(status) FROM spells ${where(world)}`,
  }
}

function runWip(answers: readonly RivalRows[], world: World): ColumnTable {
  const days = world.lastDay - world.firstDay + 1
  const changes = Array.from({ length: 4 }, () => new Float64Array(days))
  for (const row of answers.flat()) {
    const at = Math.max(0, num(row[0]) - world.firstDay)
    changes.forEach((sums, index) => {
      sums[at] = (sums[at] ?? 0) + num(row[index + 1])
    })
  }
  const columns: [number[], number[], number[]] = [[], [], []]
  let [items, starts, lateItems, lateDays] = [0, 0, 0, 0]
  for (let at = 0; at < days; at++) {
    items += changes[0]?.[at] ?? 0
    starts += changes[1]?.[at] ?? 0
    lateItems += changes[2]?.[at] ?? 0
    lateDays += changes[3]?.[at] ?? 0
    const next = world.firstDay + at + 1
    columns[0].push(items)
    columns[1].push(items * next - starts)
    columns[2].push(lateItems * next - lateDays)
  }
  return tableOf([
    intColumn(
      'day_on',
      columns[0].map((_, at) => world.firstDay + at),
      'day',
    ),
    intColumn('item_count', columns[0]),
    floatColumn('total_age_days', columns[1]),
    floatColumn('flow_debt_days', columns[2]),
  ])
}
