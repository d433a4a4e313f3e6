import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Annotation } from '@/lib/model/portfolio'
import type { Stage } from '@/lib/model/stage'
import { formatDay } from '@/lib/time/day'
import { baseOption, dots, firstParams, hatch, headRoom, MS_PER_DAY, plotHeight, timeAxis, valueAxis } from './base'
import { mix, stageColors } from './colors'
import type { ChartContext, ChartPoint, Drill, Segment } from './context'
import { flatPoints } from './flat-points'
import { type FlowGrid, flowGrid, readingAt, readingLines } from './flow-grid'
import type { Format } from './format'
import { annotationLines, placeAnnotations } from './marks/annotation'
import { toPixels } from './marks/goal'
import { weekendAreas } from './marks/weekend'
import { niceCeil, spreadOffsets } from './spread'
import { tipHtml } from './tip'

export interface CumulativeFlowInput {
  /** day_on, stage_id, reached_count, behind_count. */
  readonly columns: Columns
  readonly stages: readonly Stage[]
  readonly annotations?: readonly Annotation[]
  readonly weekend?: readonly number[]
}

/** Forward cumulative flow: a line per stage, last stage at the bottom; hatched where items are behind their mark. */
export function cumulativeFlow(input: CumulativeFlowInput, context: ChartContext): EChartsOption {
  const grid = flowGrid(input.columns, input.stages)
  const [first, last] = [grid.days[0] ?? 0, grid.days[grid.days.length - 1] ?? 0]
  const { floor, ceiling, step } = axisRange(grid)
  const placed = placeAnnotations(input.annotations ?? [], [first, last], context.width)
  const { top, nameGap } = headRoom(placed.length > 0)
  const offsets = endOffsets(grid, [floor, ceiling], plotHeight(context, top))
  const lines = grid.stages.map((stage, index) => stageLine({ stage, index, grid, offset: offsets[index] ?? 0 }, input, context))
  const bands = grid.stages.flatMap((stage, index) => correctionBand(stage, index, grid, context))
  const marks = lines[0]
  if (marks) {
    marks.markLine = {
      silent: true,
      symbol: 'none',
      data: annotationLines(placed, context),
    }
    marks.markArea = {
      silent: true,
      itemStyle: { color: context.theme.palette.line, opacity: 0.5 },
      data: weekendAreas(first, last, input.weekend ?? []),
    }
  }
  return {
    ...baseOption(context, { right: grid.stages.length <= 6 ? 104 : 16, top }),
    xAxis: timeAxis(context, first, last),
    yAxis: valueAxis(context, floor > 0 ? `items, cumulative · axis starts at ${context.format.number(floor)}` : 'items, cumulative', {
      min: floor,
      max: ceiling,
      interval: step,
      nameGap,
    }),
    tooltip: { ...(baseOption(context).tooltip as object), formatter: (params: unknown) => flowTip(params, grid, context) },
    series: [...lines, ...bands],
  }
}

/** The stage whose band is under the pointer and the day: the items that were there at its end. */
export function pickBand(input: CumulativeFlowInput, point: ChartPoint, format: Format): Drill | undefined {
  const grid = flowGrid(input.columns, input.stages)
  const row = grid.days.indexOf(Math.round(point.x / MS_PER_DAY))
  if (row < 0) return undefined
  for (let index = grid.stages.length - 1; index >= 0; index--) {
    const stage = grid.stages[index]
    if (!stage || point.y > (grid.reached[index]?.[row] ?? 0)) continue
    const day = grid.days[row] ?? 0
    return { title: `${stage.name} at the end of ${format.day(day)}`, params: { onDay: formatDay(day), stageId: stage.id } }
  }
  return undefined
}

/** The two measures at the day under the pointer, as lines. */
export function flowReadings(input: CumulativeFlowInput): (x: number) => readonly Segment[] {
  const grid = flowGrid(input.columns, input.stages)
  const ms = ([day, count]: readonly [number, number]): [number, number] => [day * MS_PER_DAY, count]
  return (x) => {
    const row = grid.days.indexOf(Math.round(x / MS_PER_DAY))
    if (row < 0) return []
    const { vertical, horizontal } = readingLines(grid, row)
    return [vertical, ...(horizontal ? [horizontal] : [])].map(([from, to]) => ({ from: ms(from), to: ms(to) }))
  }
}

/** Bounds at whole steps. Cumulative lines need no zero: far from it the axis starts at a step below the lowest line and says so. */
function axisRange({ reached }: FlowGrid): { floor: number; ceiling: number; step: number } {
  const lowest = Math.min(...reached.map((line) => line[0] ?? 0))
  const highest = Math.max(...reached.map((line) => line[line.length - 1] ?? 0))
  const cut = lowest >= 0.3 * highest ? lowest : 0
  const step = Math.max(niceCeil((highest - cut) / 5), 1)
  const floor = Math.floor(cut / step) * step
  return { floor, ceiling: Math.max(Math.ceil(highest / step) * step, floor + step), step }
}

/** The names at the right ends must not stand on each other where lines end close together. */
function endOffsets({ reached }: FlowGrid, [floor, ceiling]: readonly [number, number], height: number): number[] {
  const places = reached.map((line) => height * (1 - ((line[line.length - 1] ?? 0) - floor) / (ceiling - floor)))
  return spreadOffsets(places, 15, [4, height])
}

interface StageLine {
  readonly stage: Stage
  readonly index: number
  readonly grid: FlowGrid
  /** Of the name at the right end, px. */
  readonly offset: number
}

function stageLine({ stage, index, grid, offset }: StageLine, input: CumulativeFlowInput, context: ChartContext): LineSeriesOption {
  const { palette } = context.theme
  const color = stageColors(input.stages, palette).get(stage.id) ?? palette.rest
  const fill = mix(color, palette.surface, context.theme.scheme === 'dark' ? 0.42 : 0.38)
  const [isDotted, dot] = [stage.kind === 'queue', mix(color, palette.surface, 0.75)]
  return {
    id: `stage:${stage.id}`,
    name: stage.name,
    type: 'line',
    symbol: 'none',
    z: 2 + index,
    dimensions: ['day', 'count'],
    // Arrays of numbers are documented but not typed.
    data: flatPoints(grid.days, grid.reached[index] ?? []) as unknown as LineSeriesOption['data'],
    lineStyle: { color, width: 1.5 },
    itemStyle: { color, ...(isDotted && !context.tile ? { decal: dots(dot) } : {}) },
    areaStyle: { color: (isDotted && context.tile?.({ pattern: 'dots', ground: fill, color: dot })) || fill, opacity: 1, origin: 'start' },
    emphasis: { disabled: true },
    endLabel: {
      show: !context.narrow && grid.stages.length <= 6,
      formatter: `{key|}  ${stage.name}`,
      rich: { key: { width: 8, height: 8, borderRadius: 2, backgroundColor: color } },
      color: palette.text,
      fontSize: 12,
      width: 92,
      overflow: 'truncate',
      offset: [0, offset],
    },
  }
}

/** Hatched between a line and what of it stands there still, on the days on which these differ. */
function correctionBand(stage: Stage, index: number, grid: FlowGrid, context: ChartContext): CustomSeriesOption[] {
  const [reached, behind] = [grid.reached[index] ?? [], grid.behind[index] ?? []]
  const stretches = stretchesWith(behind)
  if (!stretches.length) return []
  const corner = (row: number, count: number): [number, number] => [(grid.days[row] ?? 0) * MS_PER_DAY, count]
  const outlines = stretches.map((rows) => [
    ...rows.map((row) => corner(row, reached[row] ?? 0)),
    ...rows.toReversed().map((row) => corner(row, (reached[row] ?? 0) - (behind[row] ?? 0))),
  ])
  const color = context.theme.palette.text
  const style = context.tile
    ? { fill: context.tile({ pattern: 'hatch', ground: 'transparent', color }), opacity: 0.55 }
    : { fill: 'transparent', opacity: 0.55, decal: hatch(color) }
  return [
    {
      id: `behind:${stage.id}`,
      type: 'custom',
      silent: true,
      clip: true,
      z: 20,
      data: outlines.map((outline, at) => [outline[0]?.[0] ?? 0, at]),
      renderItem: ({ dataIndex }, api) => ({ type: 'polygon', shape: { points: toPixels(outlines[dataIndex] ?? [], api) }, style }),
    },
  ]
}

/** Rows with a count, as runs, each with the row before and after it. */
function stretchesWith(counts: readonly number[]): number[][] {
  const stretches: number[][] = []
  let open: number[] | undefined
  for (const [row, count] of counts.entries()) {
    if (count > 0 && !open) {
      open = row > 0 ? [row - 1] : []
      stretches.push(open)
    }
    open?.push(row)
    if (count <= 0) open = undefined
  }
  return stretches
}

function flowTip(params: unknown, grid: FlowGrid, context: ChartContext): string {
  const { format, theme } = context
  const row = firstParams(params)?.dataIndex ?? 0
  const reading = readingAt(grid, row)
  const colors = stageColors(grid.stages, theme.palette)
  const rows = grid.stages.map((stage, index) => ({
    label: index >= grid.finished ? `${stage.name}, in all` : stage.name,
    value: format.count(reading.bands[index] ?? 0, 'item'),
    color: colors.get(stage.id),
  }))
  const time = reading.flowDays === null ? 'longer than the period shown' : `≈ ${format.count(reading.flowDays, 'day')}`
  return tipHtml({
    title: `End of ${format.day(grid.days[row] ?? 0)}`,
    rows: [
      ...rows,
      { label: 'In progress (vertical)', value: format.count(reading.wip, 'item') },
      { label: 'Average flow time (horizontal)', value: time },
    ],
    notes: [
      ...(reading.behind > 0
        ? [`${format.count(reading.behind, 'item')} moved back and ${reading.behind === 1 ? 'is' : 'are'} behind the mark (hatched)`]
        : []),
      ...(reading.removed > 0 ? [`${format.count(reading.removed, 'removed item')} still stand in the lines`] : []),
      'Click a band for its items.',
    ],
  })
}
