import type { ColumnTable } from '@/lib/engine/columns'
import { formatDay } from '@/lib/time/day'
import { periodsIn } from '@/lib/time/grain'
import type { RivalRow, RivalRows } from '../rivals/rival'
import { floatColumn, intColumn, tableOf } from './columns'
import { num, type RivalQuestion, type ViewKind, type World, where } from './view'

const LASTING = 'until_day = 1000000'
const PERCENTILES = [50, 70, 85, 95]
const SECONDS_PER_DAY = 86_400

export const FINISHED_VIEWS: readonly ViewKind[] = [
  {
    name: 'percentiles by month',
    metric: 'span-percentiles',
    params: () => ({ grain: 'month' }),
    figures: ['value', 'n', 'period_on'],
    rival: (world) =>
      grouped(world, ['month', 'days'], (rows) => percentilesOf(rows.map(([month, days, n]) => [num(month), num(days), num(n)]))),
  },
  {
    name: 'percentiles',
    metric: 'span-percentiles',
    figures: ['value', 'n'],
    rival: (world) => grouped(world, ['days'], (rows) => percentilesOf(rows.map(([days, n]) => [0, num(days), num(n)]))),
  },
  {
    name: 'histogram',
    metric: 'span-histogram',
    figures: ['days', 'item_count'],
    rival: (world) =>
      grouped(world, ['days'], (rows) =>
        tableOf([
          intColumn(
            'days',
            rows.map(([days]) => num(days)),
          ),
          intColumn(
            'item_count',
            rows.map(([, n]) => num(n)),
          ),
        ]),
      ),
  },
  {
    name: 'throughput',
    metric: 'throughput',
    figures: ['item_count', 'period_on'],
    rival: (world) =>
      grouped(world, ['week'], (rows) => {
        const counts = byWeek(rows)
        const weeks = weeksOf(world)
        return tableOf([
          intColumn('period_on', weeks, 'day'),
          intColumn(
            'item_count',
            weeks.map((week) => num(counts.get(week)?.[1])),
          ),
        ])
      }),
  },
  {
    name: 'flow efficiency',
    metric: 'flow-efficiency',
    figures: ['active_days', 'waiting_days', 'blocked_days', 'n'],
    rival: (world) => ({
      ...grouped(world, ['week'], () => tableOf([])),
      statements: () => [
        `SELECT week, count(*), sum(active), sum(waiting), sum(blocked) FROM finishes ${where(world, LASTING)} GROUP BY week`,
      ],
      cubed: {
        statements: [`SELECT week, sum(n), sum(active), sum(waiting), sum(blocked) FROM cube_finishes ${where(world)} GROUP BY week`],
      },
      finish: ([rows = []]) => efficiency(rows, world),
      scan: `SELECT sum(week), sum(until_day), sum(active), sum(waiting), sum(blocked) FROM finishes ${where(world)}`,
      loop: undefined,
    }),
  },
  { name: 'scatterplot', metric: 'span-density', figures: [] },
  {
    name: 'scatterplot, a month',
    metric: 'span-density',
    params: ({ lastDay }) => ({ from: formatDay(lastDay - 59), to: formatDay(lastDay - 29) }),
    figures: [],
  },
  { name: 'scatterplot, elapsed', metric: 'span-density', params: () => ({ unit: 'elapsed' }), figures: [] },
  { name: 'every finished item', metric: 'finished-items', figures: [] },
]

export function weeksOf(world: World): number[] {
  return periodsIn(world.firstDay, world.lastDay + 1, 'week').map(({ start }) => start)
}

export function byWeek(rows: RivalRows): Map<number, RivalRow> {
  return new Map(rows.map((row) => [num(row[0]), row]))
}

/** Finished items counted by some of their columns. */
function grouped(world: World, keys: readonly string[], finish: (rows: RivalRows) => ColumnTable): RivalQuestion {
  const by = keys.join(', ')
  const columns = ['stream', 'until_day', ...keys]
  return {
    statements: () => [`SELECT ${by}, count(*) FROM finishes ${where(world, LASTING)} GROUP BY ${by} ORDER BY ${by}`],
    cubed: { statements: [`SELECT ${by}, sum(n) FROM cube_finishes ${where(world)} GROUP BY ${by} ORDER BY ${by}`] },
    finish: ([rows = []]) => finish(rows),
    scan: `SELECT ${columns.map((column) => `sum(${column})`).join(', ')} FROM finishes ${where(world)}`,
    loop: { table: 'finishes', columns, run: (arrays) => countKeys(arrays, world) },
  }
}

/** Counts by one or two integer columns in a plain loop; rows ascending. */
function countKeys([stream, until, first, second]: readonly Int32Array[], world: World): RivalRows {
  if (!stream || !until || !first) return []
  const counts = new Map<number, number>()
  for (let row = 0; row < stream.length; row++) {
    if (until[row] !== 1_000_000 || (world.stream !== undefined && stream[row] !== world.stream)) continue
    const key = (first[row] as number) * 65_536 + (second ? (second[row] as number) : 0)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a], [b]) => a - b)
  return sorted.map(([key, n]) => (second ? [Math.floor(key / 65_536), key % 65_536, n] : [Math.floor(key / 65_536), n]))
}

/** Nearest rank over rows of period, length and count, ascending. */
function percentilesOf(rows: readonly (readonly [number, number, number])[]): ColumnTable {
  const periods = new Map<number, { n: number; lengths: [number, number][] }>()
  for (const [period, days, n] of rows) {
    const part = periods.get(period) ?? { n: 0, lengths: [] }
    periods.set(period, part)
    part.n += n
    part.lengths.push([days, n])
  }
  const columns: [number[], number[], number[], number[]] = [[], [], [], []]
  for (const [period, { n, lengths }] of periods) {
    for (const percentile of PERCENTILES) {
      let left = Math.max(1, Math.ceil((percentile * n) / 100))
      const found = lengths.find(([, count]) => {
        left -= count
        return left <= 0
      })
      columns[0].push(period)
      columns[1].push(percentile)
      columns[2].push(found?.[0] ?? 0)
      columns[3].push(n)
    }
  }
  const [period, percentile, value, n] = columns
  return tableOf([
    intColumn('period_on', period, 'day'),
    floatColumn('percentile', percentile),
    floatColumn('value', value),
    intColumn('n', n),
  ])
}

function efficiency(rows: RivalRows, world: World): ColumnTable {
  const weeks = weeksOf(world)
  const found = byWeek(rows)
  const column = (index: number) => weeks.map((week) => num(found.get(week)?.[index]))
  const [active, waiting] = [column(2), column(3)]
  return tableOf([
    intColumn('period_on', weeks, 'day'),
    ...[active, waiting, column(4)].map((seconds, index) =>
      floatColumn(
        ['active_days', 'waiting_days', 'blocked_days'][index] ?? '',
        seconds.map((value) => value / SECONDS_PER_DAY),
      ),
    ),
    floatColumn(
      'efficiency_ratio',
      active.map((value, index) => value / (value + (waiting[index] ?? 0))),
    ),
    intColumn('n', column(1)),
  ])
}
