import { joinList } from '@/lib/model/scope'
import { formatDay } from '@/lib/time/day'
import { nextPeriod } from '@/lib/time/grain'
import type { ChartPoint, Drill } from './context'
import type { Format } from './format'
import { placeName } from './investment'
import { type InvestmentData, type InvestmentPart, lastWhole, totals } from './investment-data'

/** What the last whole period says: how much of the work serves no goal, or what most of it is. */
export function investmentVerdict(data: InvestmentData, format: Format): string | undefined {
  const index = lastWhole(data)
  if (index === undefined) return undefined
  const when = data.measure === 'wip' ? `On ${format.day(data.days[index] ?? 0)}` : `In ${inPeriod(data, index, format)}`
  if (data.measure === 'time') return timeVerdict(data, index, { when, format })
  const all = totals(data)[index] ?? 0
  const what = data.measure === 'wip' ? `${format.count(all, 'item')} in progress` : format.count(all, 'finished item')
  if (all === 0) return `${when} ${data.measure === 'wip' ? 'no item was in progress' : 'no item was finished'}.`
  if (data.by === 'goal') return goalVerdict(data, index, { when, what, all, format })
  const [first, second] = largestFirst(data.parts, index)
  if (!first) return undefined
  const share = (part: InvestmentPart) => `${part.label} ${format.percent((part.figures[index] ?? 0) / all)}`
  return `${when} the largest part of ${what} was ${share(first)}${second ? `, then ${share(second)}` : ''}.`
}

interface Said {
  readonly when: string
  readonly format: Format
}

function goalVerdict(data: InvestmentData, index: number, { when, what, all, format }: Said & { what: string; all: number }): string {
  const none = data.parts.find(({ kind }) => kind === 'none')
  const share = (none?.figures[index] ?? 0) / all
  const verb = data.measure === 'wip' ? 'serve' : 'served'
  const [most] = largestFirst(
    data.parts.filter(({ kind }) => kind === 'named'),
    index,
  )
  const count = most?.figures[index] ?? 0
  const largest = most && count > 0 ? ` Most of the rest: ${most.label}, ${format.percent(count / all)}.` : ''
  if (share === 0) return `${when} all of ${what} ${verb} a goal.${largest.replace(' of the rest', '')}`
  return `${when} ${format.percent(share)} of ${what} ${verb} no goal.${largest}`
}

function timeVerdict({ parts }: InvestmentData, index: number, { when, format }: Said): string | undefined {
  const known = largestFirst(
    parts.filter(({ figures }) => figures[index] !== null),
    index,
  )
  const [longest, shortest] = [known[0], known[known.length - 1]]
  if (!longest || !shortest) return `${when} too few items finished to say how long 85 % took.`
  const days = (part: InvestmentPart) => `${format.count(Number((part.figures[index] ?? 0).toFixed(1)), 'day')} (${part.label})`
  if (longest === shortest) return `${when} 85 % finished within ${days(longest)}.`
  return `${when} 85 % finished within ${days(shortest)} to ${days(longest)}.`
}

/** Part of all items that a part makes up, over the whole periods; of levels, at the last one. */
export function sharesOf(data: InvestmentData): ReadonlyMap<string, number> {
  if (data.measure === 'time') return new Map()
  const counted = data.measure === 'wip' ? [data.periods.length - 1] : [...data.periods.keys()]
  const sum = (figures: readonly (number | null)[]) => counted.reduce((all, index) => all + (figures[index] ?? 0), 0)
  const all = sum(totals(data))
  return all === 0 ? new Map() : new Map(data.parts.map(({ id, figures }) => [id, sum(figures) / all]))
}

/** The items behind a mark; beside the marks those of the whole period. */
export function pickInvestment(data: InvestmentData, point: ChartPoint, format: Format): Drill | undefined {
  const index = point.dataIndex ?? Math.round(point.x)
  const start = data.periods[index]
  if (start === undefined) return undefined
  const part = data.parts.find(({ id }) => id === point.seriesId) ?? stackedAt(data, index, point)
  const narrowed = part ? { [data.by]: joinList(part.values) } : {}
  const name = part ? `${part.label}${part.takesBelow ? ' and the goals below it' : ''}: ` : ''
  if (data.measure === 'wip') {
    const day = data.days[index] ?? start
    const title = `${name}in progress at the end of ${format.day(day)}`
    return { title: capital(title), params: { onDay: formatDay(day), status: 'in_progress', ...narrowed } }
  }
  const [first, end] = [Math.max(start, data.window[0]), Math.min(nextPeriod(start, data.grain), data.window[1])]
  return {
    title: capital(`${name}finished in ${inPeriod(data, index, format)}`),
    params: { from: formatDay(first), to: formatDay(end), status: 'finished', ...narrowed },
  }
}

/** The part that lies at a height of the stack. */
function stackedAt({ measure, parts }: InvestmentData, index: number, { seriesId, y }: ChartPoint): InvestmentPart | undefined {
  if (seriesId !== undefined || measure === 'time') return undefined
  let top = 0
  return parts.find(({ figures }) => {
    top += figures[index] ?? 0
    return y > 0 && y <= top
  })
}

function inPeriod(data: InvestmentData, index: number, format: Format): string {
  return data.grain === 'week' ? `the ${format.period(data.periods[index] ?? 0, 'week')}` : placeName(data, index, format)
}

function largestFirst(parts: readonly InvestmentPart[], index: number): InvestmentPart[] {
  return [...parts].sort((a, b) => (b.figures[index] ?? 0) - (a.figures[index] ?? 0))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
