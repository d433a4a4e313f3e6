import type { ColumnTable } from '@/lib/engine/columns'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '@/lib/model/stage'
import type { RivalRows } from '../rivals/rival'
import { floatColumn, intColumn, tableOf, textColumn } from './columns'
import { byWeek, weeksOf } from './finished'
import { stageLines } from './stages'
import { num, type RivalQuestion, streamsOf, type ViewKind, type World, where } from './view'

const SECONDS_PER_DAY = 86_400

export const FLOW_VIEWS: readonly ViewKind[] = [
  {
    name: 'value stream map',
    metric: 'value-stream-map',
    figures: ['item_count', 'wip_count', 'active_days', 'waiting_days', 'blocked_days', 'arrivals', 'departures', 'rework_count'],
    rival: mapQuestion,
  },
  { name: 'net flow', metric: 'net-flow', figures: ['arrivals', 'departures', 'restorations', 'removals', 'net'], rival: netFlowQuestion },
  { name: 'KPIs', metric: 'kpi-trend', figures: [] },
  { name: 'rework by loop', metric: 'rework-loops', figures: [] },
  { name: 'bottlenecks', metric: 'bottlenecks', figures: [] },
  { name: 'time in stage', metric: 'stage-times', figures: [] },
  { name: 'pace', metric: 'pace', figures: [] },
  { name: 'blocked work', metric: 'blocked', figures: [] },
  { name: 'hand-offs', metric: 'handoffs', figures: [] },
  { name: "Little's law", metric: 'littles-law', figures: [] },
  { name: 'predictability', metric: 'predictability', figures: [] },
  { name: 'process behaviour', metric: 'process-behaviour', figures: [] },
  { name: 'what changed', metric: 'change', figures: [] },
  { name: 'flow distribution', metric: 'flow-distribution', figures: [] },
]

function netFlowQuestion(world: World): RivalQuestion {
  const turns = where(world, 'started = 1', 'from_status <> status')
  return {
    statements: () => [
      `SELECT start_week, count(*) FROM items ${where(world, 'start_week IS NOT NULL')} GROUP BY start_week`,
      `SELECT week, sum(CASE WHEN status = 1 THEN 1 ELSE 0 END), sum(CASE WHEN status = 2 THEN 1 ELSE 0 END),
        sum(CASE WHEN was_started = 1 AND from_status IN (1, 2) THEN 1 ELSE 0 END) FROM moves ${turns} GROUP BY week`,
    ],
    finish: ([arrivals = [], moves = []]) => netFlow(arrivals, moves, world),
    scan: `SELECT sum(week), sum(from_status), sum(status), sum(started), sum(was_started), (SELECT sum(start_week) FROM items ${where(world)}) FROM moves ${where(world)}`,
  }
}

function netFlow(arrivalRows: RivalRows, moveRows: RivalRows, world: World): ColumnTable {
  const weeks = weeksOf(world)
  const [arrived, moved] = [byWeek(arrivalRows), byWeek(moveRows)]
  const arrivals = weeks.map((week) => num(arrived.get(week)?.[1]))
  const [departures, removals, restorations] = [1, 2, 3].map((index) => weeks.map((week) => num(moved.get(week)?.[index])))
  if (!departures || !removals || !restorations) throw new TypeError('three counts')
  const net = arrivals.map((n, at) => n - (departures[at] ?? 0) + (restorations[at] ?? 0) - (removals[at] ?? 0))
  const none = weeks.map(() => 0)
  return tableOf([
    intColumn('period_on', weeks, 'day'),
    ...Object.entries({ arrivals, departures, restorations, removals, transfers_in: none, transfers_out: none, net }).map(
      ([name, values]) => intColumn(name, values),
    ),
  ])
}

function mapQuestion(world: World): RivalQuestion {
  const gone = `leave_day <= ${world.lastDay}`
  const sum = (value: string) => `sum(CASE WHEN ${gone} THEN ${value} ELSE 0 END)`
  return {
    statements: () => [
      `SELECT stream, position, count(*), ${sum('1')}, count(DISTINCT CASE WHEN ${gone} THEN item_ix END), ${sum('CASE WHEN kind = 1 THEN seconds - waiting ELSE 0 END')},
        ${sum('waiting')}, ${sum('blocked')}, ${sum('returned')} FROM visits ${where(world)} GROUP BY stream, position`,
      `SELECT stream, from_position, position, count(DISTINCT item_ix), count(*) FROM moves ${where(world, 'from_position IS NOT NULL')} GROUP BY stream, from_position, position`,
      `SELECT stream, position, count(*) FROM standing ${where(world, 'status = 0')} GROUP BY stream, position`,
    ],
    finish: ([stays = [], edges = [], standing = []]) => mapOf(stays, edges, standing, world),
    scan: `SELECT sum(position), sum(item_ix), sum(leave_day), sum(kind), sum(seconds), sum(waiting), sum(blocked), sum(returned),
      (SELECT sum(item_ix) + sum(from_position) + sum(position) FROM moves ${where(world)}) FROM visits ${where(world)}`,
  }
}

interface MapRow {
  from: string
  to: string | null
  numbers: number[]
}

/** Columns of `numbers`: items, wip, active, waiting, blocked, arrivals, departures, rework. */
const COLUMNS = ['item_count', 'wip_count', 'active_days', 'waiting_days', 'blocked_days', 'arrivals', 'departures', 'rework_count']

function mapOf(stays: RivalRows, edges: RivalRows, standing: RivalRows, world: World): ColumnTable {
  const streams = streamsOf(world)
  const nameOf = (stream: number, position: number) =>
    streams.get(stream)?.stages[position]?.id ?? (position === -2 ? CANCELLED_STAGE : UNMAPPED_STAGE)
  const nodes = new Map(stageLines(world).map(({ id }): [string, MapRow] => [id, { from: id, to: null, numbers: COLUMNS.map(() => 0) }]))
  const nodeOf = (id: string): MapRow => {
    const node = nodes.get(id) ?? { from: id, to: null, numbers: COLUMNS.map(() => 0) }
    if (id !== CANCELLED_STAGE) nodes.set(id, node)
    return node
  }
  for (const row of stays) {
    const [stream, position, arrivals, departures, items, active, waiting, blocked, returned] = row.map(num) as [
      number,
      number,
      ...number[],
    ]
    const days = [active, waiting, blocked].map((seconds) => num(seconds) / SECONDS_PER_DAY)
    addTo(nodeOf(nameOf(stream, position)), [num(items), 0, ...days, num(arrivals), num(departures), num(returned)])
  }
  for (const [stream, position, items] of standing) addTo(nodeOf(nameOf(num(stream), num(position))), [0, num(items), 0, 0, 0, 0, 0, 0])
  const rows = [...nodes.values(), ...edgesOf(edges, nameOf)]
  return tableOf([
    textColumn(
      'kind',
      rows.map(({ to }) => (to === null ? 'node' : 'edge')),
    ),
    textColumn(
      'from_stage',
      rows.map(({ from }) => from),
    ),
    textColumn(
      'to_stage',
      rows.map(({ to }) => to),
    ),
    ...COLUMNS.map((name, index) =>
      (name.endsWith('_days') ? floatColumn : intColumn)(
        name,
        rows.map(({ numbers }) => numbers[index] ?? 0),
      ),
    ),
  ])
}

function edgesOf(rows: RivalRows, nameOf: (stream: number, position: number) => string): MapRow[] {
  const edges = new Map<string, MapRow>()
  for (const row of rows) {
    const [stream, fromPosition, position, items, moves] = row.map(num) as [number, number, number, number, number]
    const [from, to] = [nameOf(stream, fromPosition), nameOf(stream, position)]
    if (from === to) continue
    const edge = edges.get(`${from}\n${to}`) ?? { from, to, numbers: COLUMNS.map(() => 0) }
    edges.set(`${from}\n${to}`, edge)
    addTo(edge, [items, 0, 0, 0, 0, 0, moves, position >= 0 && position < fromPosition ? moves : 0])
  }
  return [...edges.values()]
}

function addTo(row: MapRow, numbers: readonly number[]): void {
  numbers.forEach((value, index) => {
    row.numbers[index] = (row.numbers[index] ?? 0) + value
  })
}
