import type { EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Grain } from '@/lib/model/unit'
import { formatDay } from '@/lib/time/day'
import { baseOption, categoryAxis, firstParams, hatch, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

export interface NetFlowInput {
  /** period_on, arrivals, departures, restorations, removals, transfers_in, transfers_out, net, partial. */
  readonly columns: Columns
  readonly grain: Grain
}

const PARTS = [
  ['arrivals', 'Arrivals', '+'],
  ['departures', 'Departures', '−'],
  ['restorations', 'Reopened', '+'],
  ['removals', 'Removed', '−'],
  ['transfers_in', 'Moved into the slice', '+'],
  ['transfers_out', 'Moved out of the slice', '−'],
] as const

/** What came minus what left per period: grey bars up and down from zero, since neither side is better by itself. */
export function netFlow(input: NetFlowInput, context: ChartContext): EChartsOption {
  const { columns, grain } = input
  const { palette } = context.theme
  const days = columns.numbers('period_on').map((day) => day ?? 0)
  const partial = columns.flags('partial')
  const label = (day: number) => (grain === 'week' || grain === 'day' ? context.format.day(day) : context.format.period(day, grain))
  const base = baseOption(context)
  const axis = categoryAxis(context, days.map(formatDay), (index) => label(days[index] ?? 0))
  return {
    ...base,
    xAxis: {
      ...(axis as object),
      type: 'category',
      axisLine: { onZero: true, lineStyle: { color: palette.textDim } },
      axisLabel: { ...(axis as { axisLabel: object }).axisLabel, verticalAlignOnZero: false },
    } as EChartsOption['xAxis'],
    yAxis: valueAxis(context, `change of items in progress per ${grain}`, { minInterval: 1 }),
    tooltip: { ...(base.tooltip as object), axisPointer: { type: 'shadow' }, formatter: (params: unknown) => tip(params, input, context) },
    series: [
      {
        id: 'net',
        type: 'bar',
        barCategoryGap: '22%',
        data: columns.numbers('net').map((value, row) => ({
          value: value ?? '-',
          itemStyle: partial[row]
            ? { color: mix(palette.noise, palette.surface, 0.25), borderColor: palette.noise, borderWidth: 1, decal: hatch(palette.noise) }
            : { color: palette.noise },
        })),
        emphasis: { disabled: true },
      },
    ],
  }
}

/** "In all 6,537 arrived and 6,469 left …": how much work in progress grew, and in how many periods. */
export function netFlowVerdict({ columns, grain }: NetFlowInput, format: Format): string | undefined {
  if (columns.rowCount === 0) return undefined
  const net = columns.numbers('net').map((value) => value ?? 0)
  const total = net.reduce((sum, value) => sum + value, 0)
  const grew = net.filter((value) => value > 0).length
  const change = total === 0 ? 'is as it was' : `${total > 0 ? 'grew' : 'fell'} by ${format.count(Math.abs(total), 'item')}`
  return `Work in progress ${change} over the period; it grew in ${format.number(grew)} of ${format.count(net.length, grain)}.`
}

function tip(params: unknown, { columns, grain }: NetFlowInput, { theme, format }: ChartContext): string {
  const row = firstParams(params)?.dataIndex ?? 0
  const at = (name: string) => columns.numbers(name)[row] ?? 0
  const net = at('net')
  const signed = `${net > 0 ? '+' : net < 0 ? '−' : ''}${format.count(Math.abs(net), 'item')}`
  return tipHtml({
    title: format.period(at('period_on'), grain),
    rows: [
      { label: 'Net flow', value: signed, color: theme.palette.noise },
      ...PARTS.filter(([name], index) => index < 2 || at(name) !== 0).map(([name, label, sign]) => ({
        label: `${sign} ${label}`,
        value: format.number(at(name)),
      })),
    ],
    notes: [
      ...(columns.flags('partial')[row] ? [`Only a part of this ${grain} lies in the period shown.`] : []),
      'Above zero: work in progress grew.',
    ],
  })
}
