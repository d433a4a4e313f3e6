import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { Unit } from '@/lib/model/unit'
import type { ServiceLevel } from '@/lib/model/value-stream'
import type { AgingDensity } from './aging-density'
import { flowGrid, readingAt } from './flow-grid'
import type { Format } from './format'
import type { Rate } from './throughput'

/** "85 % of 1,204 items finished within 17 days; half within 4." Says so when there are too few. */
export function spanVerdict(percentiles: Columns, unit: Unit, format: Format, sle?: ServiceLevel): string | undefined {
  const rows = [...percentiles.numbers('percentile').entries()]
  const rowOf = (percentile: number) => rows.find(([, p]) => p === percentile)?.[0]
  const row = rowOf(85) ?? rows[rows.length - 1]?.[0]
  if (row === undefined) return undefined
  const [p, value, n] = [rows[row]?.[1] ?? 0, percentiles.numbers('value')[row] ?? null, percentiles.numbers('n')[row] ?? 0]
  if (n === 0) return undefined
  if (value === null || !percentiles.flags('enough')[row]) {
    return `${format.count(n, 'item')} finished: too few to say how long ${p} % take.`
  }
  const half = percentiles.numbers('value')[rowOf(50) ?? -1] ?? null
  const middle = half === null || p === 50 ? '' : `, half within ${format.duration(half, unit)}`
  const expectation = sle && unit === 'days' ? ` The expectation is ${sle.percentile} % within ${format.duration(sle.days, 'days')}.` : ''
  return `${p} % of ${format.count(n, 'item')} finished within ${format.duration(value, unit)}${middle}.${expectation}`
}

/** "On average 3.2 items a day arrived and 3.1 finished; 1,180 were in progress at the end." */
export function flowVerdict(columns: Columns, stages: readonly Stage[], format: Format): string | undefined {
  const grid = flowGrid(columns, stages)
  const last = grid.days.length - 1
  const span = (grid.days[last] ?? 0) - (grid.days[0] ?? 0)
  if (span < 1) return undefined
  const rate = (line: readonly number[] | undefined) => ((line?.[last] ?? 0) - (line?.[0] ?? 0)) / span
  const [arrived, left] = [rate(grid.reached[0]), rate(grid.reached[grid.finished])]
  const reading = readingAt(grid, last)
  const open = reading.wip - reading.removed
  const gone = reading.removed - (grid.removed[0] ?? 0)
  const removed = gone > 0 ? `, ${format.number(gone)} ${gone === 1 ? 'was' : 'were'} removed on the way` : ''
  return (
    `On average ${format.number(arrived, 1)} ${Math.round(arrived * 10) === 10 ? 'item' : 'items'} a day arrived and ${format.number(left, 1)} finished` +
    `${removed}; ${format.count(Math.max(open, 0), 'item')} ${open === 1 ? 'was' : 'were'} under way at the end.`
  )
}

/** "In a typical week 42 items finished; the middle half of weeks lies between 35 and 50." Partial periods are left out. */
export function throughputVerdict(columns: Columns, { grain, rate }: { grain: string; rate: Rate }, format: Format): string | undefined {
  const partial = columns.flags('partial')
  const counts = columns
    .numbers('item_count')
    .filter((count, row) => count !== null && !partial[row])
    .map((count) => count ?? 0)
    .sort((a, b) => a - b)
  if (counts.length < 4) return undefined
  const rank = (p: number) => counts[Math.ceil((p * counts.length) / 100) - 1] ?? 0
  return `In a typical ${grain} ${format.count(rank(50), 'item')} ${rate}; the middle half of ${grain}s lies between ${format.number(rank(25))} and ${format.number(rank(75))}.`
}

/** "1,180 items in progress on 31 May, on average 21 days old; together 9,000 days past the SLE." */
export function wipVerdict(columns: Columns, format: Format, limit?: number): string | undefined {
  const row = columns.rowCount - 1
  if (row < 0) return undefined
  const at = (name: string) => columns.numbers(name)[row] ?? null
  const [count, age, debt] = [at('item_count') ?? 0, at('total_age_days'), at('flow_debt_days')]
  const old = age !== null && count > 0 ? `, on average ${format.count(Math.round(age / count), 'day')} old` : ''
  const late = debt !== null && debt > 0 ? `; together ${format.count(debt, 'day')} past the SLE` : ''
  const over =
    limit !== undefined && count > limit ? ` That is ${format.number(count - limit)} over the limit of ${format.number(limit)}.` : ''
  return `${format.count(count, 'item')} in progress on ${format.day(at('day_on') ?? 0)}${old}${late}.${over}`
}

/** What to look at first: items older than 95 % of similar ones, and blocked ones. */
export function agingVerdict({ total, old, blocked }: AgingDensity, format: Format): string | undefined {
  if (total === 0) return undefined
  const parts = [
    ...(old > 0
      ? [`${format.count(old, 'item')} ${old === 1 ? 'is' : 'are'} past 95 % of similar ones: look at ${old === 1 ? 'it' : 'them'} first`]
      : []),
    ...(blocked > 0 ? [`${format.count(blocked, 'item')} ${blocked === 1 ? 'is' : 'are'} blocked`] : []),
  ]
  if (parts.length === 0) return 'No item is older than 95 % of similar ones, and none is blocked.'
  return `${parts.join('. ')}.`.replace(/\. (\d)/, '. $1')
}
