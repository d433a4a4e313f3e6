import type { BarSeriesOption, EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import { UNMAPPED_STAGE } from '@/lib/model/stage'
import { formatDay } from '@/lib/time/day'
import { type PeriodGrain, periodStart } from '@/lib/time/grain'
import { baseOption, categoryAxis, dots, firstParams, valueAxis } from './base'
import { mix, stageColors } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

export interface OccupancyInput {
  /** day_on, stage_id, item_count. */
  readonly columns: Columns
  readonly stages: readonly Stage[]
}

interface OccupancyGrid {
  readonly days: readonly number[]
  readonly stages: readonly { readonly id: string; readonly name: string; readonly kind: Stage['kind'] | 'none' }[]
  /** Per stage, per day. */
  readonly counts: readonly (readonly number[])[]
}

const MOST_BARS = 62

/** Unfinished items by stage at the end of days: stacked bars, so that nobody takes it for a cumulative flow. */
export function occupancy(input: OccupancyInput, context: ChartContext): EChartsOption {
  const grid = occupancyGrid(input)
  return {
    ...baseOption(context),
    xAxis: categoryAxis(context, grid.days.map(formatDay), (index) => context.format.day(grid.days[index] ?? 0)),
    yAxis: valueAxis(context, 'items', { min: 0, minInterval: 1 }),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      axisPointer: { type: 'shadow' },
      formatter: (params: unknown) => occupancyTip(params, grid, input, context),
    },
    series: [...grid.stages.keys()].reverse().flatMap((index) => bar(grid, index, input, context)),
  }
}

/** The bar segment under the pointer: items that were in the stage at the end of the day. */
export function pickSegment(input: OccupancyInput, point: ChartPoint, format: Format): Drill | undefined {
  const grid = occupancyGrid(input)
  const row = Math.round(point.x)
  let top = 0
  for (let index = grid.stages.length - 1; index >= 0; index--) {
    const stage = grid.stages[index]
    top += grid.counts[index]?.[row] ?? 0
    if (!stage || point.y > top) continue
    const day = grid.days[row] ?? 0
    return { title: `${stage.name} at the end of ${format.day(day)}`, params: { onDay: formatDay(day), stageId: stage.id } }
  }
  return undefined
}

/** How far apart the shown days are. */
export function sampling(days: readonly number[]): PeriodGrain {
  const span = (days[days.length - 1] ?? 0) - (days[0] ?? 0) + 1
  if (span <= MOST_BARS) return 'day'
  return span <= MOST_BARS * 7 ? 'week' : 'month'
}

function occupancyGrid({ columns, stages }: OccupancyInput): OccupancyGrid {
  const dayOn = columns.numbers('day_on')
  const all = [...new Set(dayOn)].filter((day) => day !== null).sort((a, b) => a - b)
  const grain = sampling(all)
  const days = all.filter((day, row) => row === all.length - 1 || periodStart(day + 1, grain) === day + 1)
  const [stageId, itemCount] = [columns.texts('stage_id'), columns.numbers('item_count')]
  const unmapped = stageId.includes(UNMAPPED_STAGE) ? [{ id: UNMAPPED_STAGE, name: 'Not mapped', kind: 'none' as const }] : []
  const shown = [...stages.filter((stage) => stage.kind !== 'done'), ...unmapped]
  const rowOf = new Map(days.map((day, row) => [day, row]))
  const indexOf = new Map(shown.map((stage, index) => [stage.id, index]))
  const counts = shown.map(() => new Array<number>(days.length).fill(0))
  for (let i = 0; i < columns.rowCount; i++) {
    const row = rowOf.get(dayOn[i] ?? Number.NaN)
    const line = counts[indexOf.get(stageId[i] ?? '') ?? -1]
    if (row !== undefined && line) line[row] = (line[row] ?? 0) + (itemCount[i] ?? 0)
  }
  return { days, stages: shown, counts }
}

function bar(grid: OccupancyGrid, index: number, input: OccupancyInput, context: ChartContext): BarSeriesOption[] {
  const { palette } = context.theme
  const stage = grid.stages[index]
  if (!stage) return []
  const color = stageColors(input.stages, palette).get(stage.id) ?? palette.rest
  return [
    {
      id: `stage:${stage.id}`,
      name: stage.name,
      type: 'bar',
      stack: 'stages',
      barCategoryGap: '18%',
      data: [...(grid.counts[index] ?? [])],
      itemStyle: {
        color,
        borderColor: palette.surface,
        borderWidth: 0.5,
        ...(stage.kind === 'queue' ? { decal: dots(mix(palette.surface, color, 0.55)) } : {}),
      },
      emphasis: { focus: 'none', itemStyle: { color } },
    },
  ]
}

function occupancyTip(params: unknown, grid: OccupancyGrid, input: OccupancyInput, { theme, format }: ChartContext): string {
  const row = firstParams(params)?.dataIndex ?? 0
  const colors = stageColors(input.stages, theme.palette)
  const rows = grid.stages.map((stage, index) => ({
    label: stage.name,
    value: format.count(grid.counts[index]?.[row] ?? 0, 'item'),
    color: colors.get(stage.id) ?? theme.palette.rest,
  }))
  const total = grid.counts.reduce((sum, line) => sum + (line[row] ?? 0), 0)
  return tipHtml({
    title: `End of ${format.day(grid.days[row] ?? 0)}`,
    rows: [...rows, { label: 'Together', value: format.count(total, 'item') }],
    notes: ['Where unfinished items stood. Click a segment for its items.'],
  })
}
