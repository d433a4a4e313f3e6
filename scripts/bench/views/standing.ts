import type { ColumnTable } from '@/lib/engine/columns'
import { formatDay } from '@/lib/time/day'
import type { RivalRows } from '../rivals/rival'
import { floatColumn, intColumn, tableOf, textColumn } from './columns'
import { num, type RivalQuestion, type ViewKind, type World, where } from './view'

const PAGE = 50
const PAGE_TEXTS = 'item_id, key, title, url'

export const STANDING_VIEWS: readonly ViewKind[] = [
  { name: 'facets', metric: 'facets', figures: ['item_count'], rival: facetsQuestion },
  { name: 'aging now, as drawn', metric: 'aging-density', figures: ['item_count', 'blocked_count', 'old_count'] },
  {
    name: 'aging at a past date, as drawn',
    metric: 'aging-density',
    params: (world) => ({ asOf: formatDay(pastDay(world)) }),
    figures: ['item_count', 'blocked_count', 'old_count'],
  },
  {
    name: 'aging now, every item',
    metric: 'aging-work',
    figures: ['age_days', 'percentile_rank'],
    rival: (world) => agingQuestion(world, world.lastDay),
  },
  {
    name: 'aging at a past date, every item',
    metric: 'aging-work',
    params: (world) => ({ asOf: formatDay(pastDay(world)) }),
    figures: ['age_days', 'percentile_rank'],
    rival: (world) => agingQuestion(world, pastDay(world)),
  },
  {
    name: 'items page, oldest in progress',
    metric: 'items',
    params: () => ({ status: 'in_progress', limit: String(PAGE) }),
    figures: ['age_days', 'total_count'],
    rival: oldestQuestion,
  },
  {
    name: 'items drill, finished in a month',
    metric: 'items',
    params: (world) => {
      const { from, to } = drillMonth(world)
      return { status: 'finished', from: formatDay(from), to: formatDay(to), limit: String(PAGE) }
    },
    figures: ['age_days', 'total_count'],
    rival: drillQuestion,
  },
]

/** In the middle of the history. */
function pastDay(world: World): number {
  return Math.floor((world.firstDay + world.lastDay) / 2)
}

function drillMonth(world: World): { from: number; to: number } {
  return { from: world.lastDay - 120, to: world.lastDay - 90 }
}

function facetsQuestion(world: World): RivalQuestion {
  const columns = world.dimensions.map((name) => `d_${name}`)
  const sets = `SELECT ${columns.join(', ')}, count(*), grouping(${columns.join(', ')}) FROM standing ${where(world)} GROUP BY GROUPING SETS (${columns.map((name) => `(${name})`).join(', ')})`
  const unions = columns.map(
    (name, index) => `SELECT ${index} AS dimension, ${name} AS value, count(*) AS n FROM standing ${where(world)} GROUP BY ${name}`,
  )
  return {
    statements: ({ hasGroupingSets }) => [
      'SELECT stream, count(*) FROM standing GROUP BY stream',
      hasGroupingSets ? sets : unions.join(' UNION ALL '),
    ],
    finish: ([streams = [], values = []]) => facetsOf(streams, values, world),
    scan: `SELECT sum(stream), ${columns.map((name) => `sum(${name})`).join(', ')} FROM standing ${where(world)}`,
  }
}

function facetsOf(streams: RivalRows, values: RivalRows, world: World): ColumnTable {
  const count = world.dimensions.length
  const rows = values.map((row): [string, string | null, number] => {
    if (row.length === 3) return facet(num(row[0]), num(row[1]), num(row[2]), world)
    // The one bit that is not set names the column of the row.
    const index = count - 1 - Math.log2(~num(row[count + 1]) & (2 ** count - 1))
    return facet(index, num(row[index]), num(row[count]), world)
  })
  const all = [
    ...streams.map(([code, n]): [string, string | null, number] => ['stream', world.streams[num(code)]?.id ?? null, num(n)]),
    ...rows,
  ]
  return tableOf([
    textColumn(
      'dimension',
      all.map(([dimension]) => dimension),
    ),
    textColumn(
      'value',
      all.map(([, value]) => value),
    ),
    intColumn(
      'item_count',
      all.map(([, , n]) => n),
    ),
  ])
}

function facet(index: number, code: number, n: number, world: World): [string, string | null, number] {
  const dimension = world.dimensions[index] ?? ''
  return [dimension, world.values[dimension]?.[code] ?? null, n]
}

/** Rows of `spells` that hold on a day; those that hold at the end of the history are the ones that nothing ended. */
function holdsOn(day: number, world: World): string[] {
  return day === world.lastDay ? ['to_day = 1000000'] : [`from_day <= ${day}`, `to_day > ${day}`]
}

function agingQuestion(world: World, day: number): RivalQuestion {
  const open = ['status = 0', 'start_day IS NOT NULL', ...holdsOn(day, world)]
  const lasting = day === world.lastDay ? ['until_day = 1000000'] : [`finish_day <= ${day}`, `until_day > ${day}`]
  const inner = `SELECT item_ix, stream, position, start_day, ord, blocked, team, type FROM spells ${where(world, ...open)}`
  return {
    statements: () => [
      `SELECT s.stream, s.position, s.start_day, s.blocked, s.team, s.type, i.item_id, i.key, i.title
        FROM (${inner}) AS s JOIN items AS i ON i.item_ix = s.item_ix ORDER BY s.start_day, s.ord`,
      `SELECT stream, days, count(*) FROM finishes ${where(world, ...lasting)} GROUP BY stream, days ORDER BY stream, days`,
    ],
    finish: ([rows = [], lengths = []]) => agingOf(rows, lengths, day, world),
    scan: `SELECT sum(item_ix), sum(from_day), sum(to_day), sum(position), sum(start_day), sum(status), sum(team), sum(type),
      (SELECT sum(days) + sum(finish_day) + sum(until_day) FROM finishes ${where(world)}) FROM spells ${where(world)}`,
  }
}

function agingOf(rows: RivalRows, lengths: RivalRows, day: number, world: World): ColumnTable {
  const ranks = new Map<number, { days: number[]; through: number[] }>()
  for (const row of lengths) {
    const [stream, days, n] = row.map(num) as [number, number, number]
    const rank = ranks.get(stream) ?? { days: [], through: [] }
    ranks.set(stream, rank)
    rank.days.push(days)
    rank.through.push(n + (rank.through.at(-1) ?? 0))
  }
  const ages = rows.map((row) => day - num(row[2]) + 1)
  const text = (index: number) => rows.map((row) => (row[index] === null ? null : String(row[index])))
  const value = (dimension: string, index: number) => rows.map((row) => world.values[dimension]?.[num(row[index])] ?? null)
  return tableOf([
    textColumn(
      'stream_id',
      rows.map((row) => world.streams[num(row[0])]?.id ?? null),
    ),
    textColumn('item_id', text(6)),
    textColumn('key', text(7)),
    textColumn('title', text(8)),
    textColumn('type', value('type', 5)),
    textColumn('team', value('team', 4)),
    textColumn(
      'stage_id',
      rows.map((row) => world.streams[num(row[0])]?.stages[num(row[1])]?.id ?? null),
    ),
    intColumn(
      'started_on',
      rows.map((row) => num(row[2])),
      'day',
    ),
    intColumn('age_days', ages),
    floatColumn(
      'percentile_rank',
      rows.map((row, index) => rankOf(ranks.get(num(row[0])), ages[index] ?? 0)),
    ),
    { name: 'blocked', kind: 'bool', values: Uint8Array.from(rows, (row) => num(row[3])) },
  ])
}

function rankOf(rank: { days: number[]; through: number[] } | undefined, age: number): number {
  if (!rank) return 0
  let [low, high] = [0, rank.days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rank.days[middle] ?? 0) <= age) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : (100 * (rank.through[low - 1] ?? 0)) / (rank.through.at(-1) ?? 1)
}

function oldestQuestion(world: World): RivalQuestion {
  const open = where(world, 'to_day = 1000000', 'status = 0', 'start_day IS NOT NULL')
  return {
    statements: () => [
      `SELECT s.stream, s.position, s.start_day, s.blocked, ${PAGE_TEXTS}, created_day FROM (
        SELECT item_ix, stream, position, start_day, ord, blocked FROM spells ${open} ORDER BY start_day, ord LIMIT ${PAGE}) AS s
        JOIN items AS i ON i.item_ix = s.item_ix ORDER BY s.start_day, s.ord`,
      `SELECT count(*) FROM spells ${open}`,
    ],
    finish: ([rows = [], counted = []]) => pageOf(rows, counted, (row) => world.lastDay - num(row[2]) + 1, world),
    scan: `SELECT sum(item_ix), sum(to_day), sum(status), sum(start_day) FROM spells ${where(world)}`,
  }
}

function drillQuestion(world: World): RivalQuestion {
  const { from, to } = drillMonth(world)
  const finished = where(world, `finish_day >= ${from}`, `finish_day < ${to}`, 'until_day = 1000000')
  return {
    statements: () => [
      `SELECT s.stream, 0, s.finish_day - s.days + 1, 0, ${PAGE_TEXTS}, created_day, s.days FROM (
        SELECT item_ix, stream, finish_day, days, ord FROM finishes ${finished} ORDER BY days DESC, ord LIMIT ${PAGE}) AS s
        JOIN items AS i ON i.item_ix = s.item_ix ORDER BY s.days DESC, s.ord`,
      `SELECT count(*) FROM finishes ${finished}`,
    ],
    finish: ([rows = [], counted = []]) => pageOf(rows, counted, (row) => num(row[9]), world),
    scan: `SELECT sum(item_ix), sum(finish_day), sum(until_day), sum(days) FROM finishes ${where(world)}`,
  }
}

function pageOf(rows: RivalRows, counted: RivalRows, ageOf: (row: RivalRows[number]) => number, world: World): ColumnTable {
  const text = (index: number) => rows.map((row) => String(row[index]))
  return tableOf([
    textColumn(
      'stream_id',
      rows.map((row) => world.streams[num(row[0])]?.id ?? null),
    ),
    ...['item_id', 'key', 'title', 'url'].map((name, index) => textColumn(name, text(4 + index))),
    textColumn(
      'stage_id',
      rows.map((row) => world.streams[num(row[0])]?.stages[num(row[1])]?.id ?? null),
    ),
    intColumn(
      'created_on',
      rows.map((row) => num(row[8])),
      'day',
    ),
    intColumn(
      'started_on',
      rows.map((row) => num(row[2])),
      'day',
    ),
    intColumn('age_days', rows.map(ageOf)),
    intColumn(
      'total_count',
      rows.map(() => num(counted[0]?.[0])),
    ),
  ])
}
