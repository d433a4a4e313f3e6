import type { EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Grain } from '@/lib/model/unit'
import { formatDay } from '@/lib/time/day'
import { nextPeriod } from '@/lib/time/grain'
import { baseOption, categoryAxis, firstParams, hatch, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

export interface ThroughputInput {
  /** period_on, item_count, partial. */
  readonly columns: Columns
  readonly grain: Grain
  /** Which crossing is counted. */
  readonly rate?: Rate
}

export type Rate = 'finished' | 'arrived'

/** Items finished (or arrived) per period: bars from zero, partial periods hatched. */
export function throughput({ columns, grain, rate = 'finished' }: ThroughputInput, context: ChartContext): EChartsOption {
  const { palette } = context.theme
  const periods = columns.numbers('period_on').map((day) => day ?? 0)
  const partial = columns.flags('partial')
  const shortLabel = (day: number) => (grain === 'day' || grain === 'week' ? context.format.day(day) : context.format.period(day, grain))
  return {
    ...baseOption(context),
    xAxis: categoryAxis(context, periods.map(formatDay), (index) => shortLabel(periods[index] ?? 0)),
    yAxis: valueAxis(context, `items ${rate} per ${grain}`, { min: 0, minInterval: 1 }),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => throughputTip(params, { columns, grain, rate }, context),
    },
    series: [
      {
        id: 'throughput',
        type: 'bar',
        barCategoryGap: '22%',
        data: columns.numbers('item_count').map((value, row) => ({
          value: value ?? '-',
          itemStyle: partial[row]
            ? {
                color: mix(palette.accent, palette.surface, 0.25),
                borderColor: palette.accent,
                borderWidth: 1,
                decal: hatch(palette.accent),
              }
            : { color: palette.accent },
        })),
        emphasis: { disabled: true },
      },
    ],
  }
}

/** The period under the pointer: the items that finished in it. */
export function pickPeriod({ columns, grain }: ThroughputInput, point: ChartPoint, format: Format): Drill | undefined {
  const start = columns.numbers('period_on')[Math.round(point.x)]
  if (start === null || start === undefined) return undefined
  const [from, to] = [formatDay(start), formatDay(nextPeriod(start, grain))]
  return { title: `Finished in ${grain === 'week' ? 'the ' : ''}${format.period(start, grain)}`, params: { from, to, status: 'finished' } }
}

function throughputTip(params: unknown, { columns, grain, rate = 'finished' }: ThroughputInput, { theme, format }: ChartContext): string {
  const row = firstParams(params)?.dataIndex ?? 0
  const partial = columns.flags('partial')[row]
  return tipHtml({
    title: capital(format.period(columns.numbers('period_on')[row] ?? 0, grain)),
    rows: [{ label: capital(rate), value: format.count(columns.numbers('item_count')[row] ?? 0, 'item'), color: theme.palette.accent }],
    notes: [
      ...(partial ? [`Only a part of this ${grain} lies in the period shown.`] : []),
      rate === 'finished' ? 'Each item once, at its last finish. Click for the items.' : 'Items that crossed the start of the span.',
    ],
  })
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
