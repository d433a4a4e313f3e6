import type { EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import { barEnd, barList } from './bar-list'
import { mix } from './colors'
import type { ChartContext } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

/** All blocked spells of one reason. */
export interface BlockedReason {
  /** Empty where the source does not say. */
  readonly reason: string
  readonly name: string
  readonly spells: number
  readonly days: number
  readonly open: number
}

/** More would no longer be read; the rest stands in the table. */
export const MOST_REASONS = 12
const NO_REASON = 'No reason given'

/** Spells of all periods by reason, the longest together first. */
export function blockedReasons(columns: Columns): BlockedReason[] {
  const reasons = columns.texts('reason')
  const [spells, days, open] = ['episode_count', 'blocked_days', 'open_count'].map((name) => columns.numbers(name))
  const byReason = new Map<string, { spells: number; days: number; open: number }>()
  reasons.forEach((reason, row) => {
    const sum = byReason.get(reason) ?? { spells: 0, days: 0, open: 0 }
    sum.spells += spells?.[row] ?? 0
    sum.days += days?.[row] ?? 0
    sum.open += open?.[row] ?? 0
    byReason.set(reason, sum)
  })
  return [...byReason.entries()]
    .map(([reason, sum]) => ({ ...sum, reason, name: reason || NO_REASON }))
    .filter(({ spells }) => spells > 0)
    .sort((a, b) => b.days - a.days)
}

/** A bar per reason from zero, its days at the end of it; what has no reason is grey. */
export function blockedBars(reasons: readonly BlockedReason[], context: ChartContext): EChartsOption {
  const { palette } = context.theme
  const shown = reasons.slice(0, MOST_REASONS)
  const ends = shown.map(({ days }) => context.format.count(Math.round(days), 'day'))
  return {
    ...barList(context, { names: shown.map(({ name }) => name), ends, tip: (index) => reasonTip(shown[index], context) }),
    series: [
      {
        id: 'blocked',
        type: 'bar',
        barMaxWidth: 20,
        data: shown.map(({ reason, days }) => ({
          value: days,
          itemStyle: { color: reason ? palette.accent : mix(palette.noise, palette.surface, 0.7) },
        })),
        label: barEnd(context, ends),
        emphasis: { disabled: true },
      },
    ],
  }
}

/** "Work stood blocked for 400 days in 120 spells, 3.3 days each. "Waiting for a supplier" took 40 % of it. 3 spells still last." */
export function blockedVerdict(reasons: readonly BlockedReason[], format: Format): string | undefined {
  const sum = (value: (reason: BlockedReason) => number) => reasons.reduce((total, reason) => total + value(reason), 0)
  const [spells, days, open] = [sum(({ spells }) => spells), sum(({ days }) => days), sum(({ open }) => open)]
  if (spells === 0) return undefined
  const top = reasons.find(({ reason }) => reason !== '')
  const unnamed = 'No reasons are known, so the time can’t be split by them.'
  const most = top && days > 0 ? `“${top.name}” took ${format.percent(top.days / days)} of it.` : unnamed
  const last = open > 0 ? ` ${format.count(open, 'spell')} still ${open === 1 ? 'lasts' : 'last'}.` : ' None lasts any more.'
  return (
    `Items stood blocked for ${format.count(Math.round(days), 'day')} in ${format.count(spells, 'spell')}, ` +
    `${format.number(days / spells, 1)} days each on average. ${most}${last}`
  )
}

function reasonTip(reason: BlockedReason | undefined, { theme, format }: ChartContext): string {
  if (!reason) return ''
  return tipHtml({
    title: reason.name,
    rows: [
      { label: 'Time blocked', value: `${format.number(reason.days, 1)} days`, color: theme.palette.accent },
      { label: 'Spells', value: format.count(reason.spells, 'spell') },
      { label: 'Mean', value: `${format.number(reason.days / reason.spells, 1)} days` },
      { label: 'Still last', value: format.count(reason.open, 'spell') },
    ],
    notes: ['Spells that began in the period, with their whole time. Click for the items that were blocked.'],
  })
}
