import type { EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Annotation } from '@/lib/model/portfolio'
import { formatDay } from '@/lib/time/day'
import { baseOption, firstParams, headRoom, MS_PER_DAY, timeAxis, valueAxis } from './base'
import type { ChartContext, ChartPoint, Drill } from './context'
import type { Format } from './format'
import { annotationLines, placeAnnotations } from './marks/annotation'
import { limitMark } from './marks/limit'
import { weekendAreas } from './marks/weekend'
import { tipHtml } from './tip'

export const WIP_MEASURES = ['count', 'age', 'debt'] as const
export type WipMeasure = (typeof WIP_MEASURES)[number]

export interface WipInput {
  /** day_on, item_count, total_age_days, flow_debt_days. */
  readonly columns: Columns
  readonly measure: WipMeasure
  /** Sum of the stages' limits, when each stage in the span has one. */
  readonly limit?: number
  readonly annotations?: readonly Annotation[]
  readonly weekend?: readonly number[]
}

const MEASURES: Record<WipMeasure, { readonly unit: string; readonly column: string }> = {
  count: { unit: 'items in progress', column: 'item_count' },
  age: { unit: 'mean age of items in progress, days', column: 'total_age_days' },
  debt: { unit: 'days past the SLE, over all items', column: 'flow_debt_days' },
}

/** Items in progress at the end of each day, or their mean age, or the flow debt. Missing days are gaps. */
export function wip(input: WipInput, context: ChartContext): EChartsOption {
  const { columns, measure } = input
  const { palette } = context.theme
  const days = columns.numbers('day_on')
  const [first, last] = [days[0] ?? 0, days[days.length - 1] ?? 0]
  const values = wipValues(columns, measure)
  const placed = placeAnnotations(input.annotations ?? [], [first, last], context.width)
  const { top, nameGap } = headRoom(placed.length > 0)
  return {
    ...baseOption(context, { right: input.limit === undefined ? 16 : 72, top }),
    xAxis: timeAxis(context, first, last),
    yAxis: valueAxis(context, MEASURES[measure].unit, {
      min: 0,
      nameGap,
      max: roomFor(values, measure === 'count' ? input.limit : undefined),
    }),
    tooltip: { ...(baseOption(context).tooltip as object), formatter: (params: unknown) => wipTip(params, columns, context) },
    series: [
      {
        id: 'wip',
        type: 'line',
        showSymbol: days.length === 1,
        data: days.map((day, row) => [(day ?? 0) * MS_PER_DAY, values[row] ?? null]),
        lineStyle: { color: palette.accent, width: 1.75 },
        itemStyle: { color: palette.accent },
        areaStyle: { color: palette.accent, opacity: 0.08 },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            ...(measure === 'count' && input.limit !== undefined ? [limitMark(input.limit, context)] : []),
            ...annotationLines(placed, context),
          ],
        },
        markArea: { silent: true, itemStyle: { color: palette.line, opacity: 0.5 }, data: weekendAreas(first, last, input.weekend ?? []) },
      },
    ],
  }
}

/** The day under the pointer: the items in progress at its end. */
export function pickDay({ columns }: WipInput, point: ChartPoint, format: Format): Drill | undefined {
  const at = Math.round(point.x / MS_PER_DAY)
  if (!columns.numbers('day_on').includes(at)) return undefined
  const day = formatDay(at)
  return { title: `In progress at the end of ${format.day(at)}`, params: { onDay: day, status: 'in_progress' } }
}

/** The limit must be seen even when the line stays far below it. */
function roomFor(values: readonly (number | null)[], limit: number | undefined): number | undefined {
  if (limit === undefined) return undefined
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  return highest > limit ? undefined : Math.ceil(limit * 1.1)
}

function wipValues(columns: Columns, measure: WipMeasure): (number | null)[] {
  const values = columns.numbers(MEASURES[measure].column)
  if (measure !== 'age') return [...values]
  const counts = columns.numbers('item_count')
  return values.map((total, row) => {
    const count = counts[row] ?? 0
    return total === null || count === 0 ? null : total / count
  })
}

function wipTip(params: unknown, columns: Columns, { theme, format }: ChartContext): string {
  const row = firstParams(params)?.dataIndex ?? 0
  const at = (name: string) => columns.numbers(name)[row] ?? null
  const [count, age, debt] = [at('item_count') ?? 0, at('total_age_days'), at('flow_debt_days')]
  return tipHtml({
    title: `End of ${format.day(at('day_on') ?? 0)}`,
    rows: [
      { label: 'In progress', value: format.count(count, 'item'), color: theme.palette.accent },
      ...(age !== null && count > 0 ? [{ label: 'Mean age', value: `${format.number(age / count, 1)} days` }] : []),
      ...(age !== null ? [{ label: 'Total age', value: format.count(age, 'day') }] : []),
      ...(debt !== null ? [{ label: 'Flow debt', value: format.count(debt, 'day') }] : []),
    ],
    notes: ['Started, neither finished nor removed. Click for the items.'],
  })
}
