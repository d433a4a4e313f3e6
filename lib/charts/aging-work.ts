import type { CustomSeriesOption, CustomSeriesRenderItem, EChartsOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { ServiceLevel } from '@/lib/model/value-stream'
import type { AgeZoom } from './age-zoom'
import { agingCellAt, agingCellSeries, agingCellTip, type StageColumn, stageName } from './aging-cells'
import { type AgingDensity, agingCellDrill, agingDensityOf } from './aging-density'
import { type AgingPlot, agingDotSeries } from './aging-dots'
import { baseOption, plotHeight, type TipParams, valueAxis } from './base'
import { mix, stageColors } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import { drawnEdge } from './density'
import type { Format } from './format'
import { levelRoom } from './marks/level'
import { sleLevel } from './marks/limit'
import { shortNames } from './short-names'
import { tipHtml } from './tip'

/** px of a column below which names are slanted. */
const THINNEST = 72
/** Degrees, and letters of a slanted name. */
const [SLANT, LONGEST_SLANTED] = [40, 15]
/** px that the names of stages take below the plot, level and slanted, and ages to its left; rather more. */
const [LEVEL_NAMES, SLANTED_NAMES, AGES] = [50, 90, 40]
const RIGHT = 24

export interface AgingWorkInput {
  /** Of `aging-density`: cells, and items as points. */
  readonly columns: Columns
  /** stage_id, percentile, age_days: how old finished items were when they left the stage. */
  readonly pace?: Columns
  readonly stages: readonly Stage[]
  readonly sle?: ServiceLevel
  /** The ages that are looked at; absent: all. */
  readonly zoom?: AgeZoom
}

/**
 * A column per stage, a dot per item at its age; bands of pace behind; likely misses filled, blocked ringed, the oldest named. Many items
 * as counts in cells, with the oldest kept as dots.
 */
export function agingWork(input: AgingWorkInput, context: ChartContext): EChartsOption {
  const density = agingDensityOf(input.columns)
  const columns = agingStages(input.stages, density)
  const ages = agesShown(input, density)
  const sle = sleInSight(input)
  const level = sle && sleLevel(sle, context)
  const right = level ? levelRoom([level]) : RIGHT
  const room = (context.width - AGES - right) / Math.max(columns.length, 1)
  const dots = { items: input.columns, density, stages: input.stages, columns, level }
  const { palette } = context.theme
  const base = baseOption(context)
  return {
    ...base,
    grid: { ...base.grid, right },
    xAxis: {
      type: 'value',
      min: -0.5,
      max: Math.max(columns.length, 1) - 0.5,
      interval: 0.5,
      splitLine: { show: false },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.lineStrong } },
      axisLabel: stageLabels(columns, density.byStage, room, context),
    },
    yAxis: ageAxis(input.zoom && ages, context),
    tooltip: {
      ...base.tooltip,
      trigger: 'item',
      formatter: (params: unknown) => agingTip(params as TipParams, input, density, context),
    },
    series: [
      bandSeries(input, columns, context),
      ...(density.cells.length ? [agingCellSeries(density, columns, context)] : []),
      agingDotSeries({ ...dots, plot: { ...plotSize(columns.length, room, context), ages } }, context),
    ],
  }
}

/** Up from nought, or the ages that are looked at, whose ends are no round numbers. */
function ageAxis(ends: Ages | undefined, context: ChartContext): EChartsOption['yAxis'] {
  const axis = valueAxis(context, 'age in days', { min: 0, minInterval: 1, axisLine: { show: false, onZero: false } })
  if (!ends) return axis
  const [min, max] = ends
  return { ...axis, min, max, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } } as EChartsOption['yAxis']
}

type Ages = AgingPlot['ages']

/** The axis ends at a round number. */
const ROUNDED_BY = 1.2

/** Ages at the ends of the axis; up to where it may end unless they are asked for. */
function agesShown({ zoom, pace }: AgingWorkInput, { oldest }: AgingDensity): Ages {
  if (zoom) return [drawnEdge(zoom.from, 'days'), drawnEdge(zoom.to, 'days')]
  const paces = pace?.numbers('age_days') ?? []
  return [0, ROUNDED_BY * paces.reduce((most: number, age) => Math.max(most, age ?? 0), oldest)]
}

/** The item under the pointer, or the items of a cell. */
export function pickAging(
  { columns, stages }: AgingWorkInput,
  point: ChartPoint,
  format: Format,
): { readonly row: number } | Drill | undefined {
  const density = agingDensityOf(columns)
  const row = point.seriesId === 'dots' ? density.points[point.dataIndex ?? -1] : undefined
  if (row !== undefined) return { row }
  const cell = point.seriesId === 'cells' ? density.cells[point.dataIndex ?? -1] : agingCellAt(density, agingStages(stages, density), point)
  return cell && agingCellDrill(cell, stageName(cell.stageId, stages), format)
}

/** Stages that hold an item or lie before the finish, in order; unmapped last. */
function agingStages(stages: readonly Stage[], { byStage }: AgingDensity): StageColumn[] {
  const known = stages.filter((stage) => stage.kind !== 'done' || byStage.has(stage.id))
  const others = [...byStage.keys()].filter((id) => !stages.some((stage) => stage.id === id))
  return [...known, ...others.map((id) => ({ id, name: stageName(id, stages) }))]
}

/** px of the plot, rather less than it has. @param room px of a column */
function plotSize(count: number, room: number, context: ChartContext) {
  return { width: room * Math.max(count, 1), height: plotHeight(context) - (room < THINNEST ? SLANTED_NAMES : LEVEL_NAMES) }
}

/** Names broken into lines as wide as their column; slanted and cut where a column is too thin for a word. */
function stageLabels(columns: readonly StageColumn[], counts: ReadonlyMap<string, number>, room: number, context: ChartContext) {
  const slanted = room < THINNEST
  const short = shortNames(
    columns.map(({ name }) => name),
    LONGEST_SLANTED,
  )
  const label = (stage: StageColumn, column: number) => {
    const n = counts.get(stage.id) ?? 0
    if (!slanted) return `${stage.name}\n${context.format.count(n, 'item')}`
    return `${short[column]} ${context.format.number(n)}`
  }
  return {
    color: context.theme.palette.textDim,
    lineHeight: 15,
    // The ends of the axis have no name, but room would be kept for one.
    showMinLabel: false,
    showMaxLabel: false,
    ...(slanted ? { rotate: SLANT } : { width: room - 8, overflow: 'break' as const }),
    formatter: (value: number) => {
      const stage = columns[value]
      return stage ? label(stage, value) : ''
    },
  }
}

function bandSeries({ pace }: AgingWorkInput, columns: readonly { id: string }[], { theme }: ChartContext): CustomSeriesOption {
  const bands = paceBands(pace, columns)
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const column = Number(api.value(0))
    const [left, top] = api.coord([column - 0.46, api.value(2)])
    const [right, bottom] = api.coord([column + 0.46, api.value(1)])
    if (left === undefined || right === undefined || top === undefined || bottom === undefined) return undefined
    const step = Number(api.value(4))
    return {
      type: 'rect',
      shape: { x: left, y: top, width: right - left, height: bottom - top },
      style: { fill: mix(theme.palette.faint, theme.palette.surface, 0.05 + 0.07 * step) },
    }
  }
  return { id: 'pace', type: 'custom', renderItem, silent: true, clip: true, z: 1, encode: { x: 0, y: [1, 2] }, data: bands }
}

/** Rows of column, lower age, upper age, percentile, step. */
function paceBands(pace: Columns | undefined, columns: readonly { id: string }[]): number[][] {
  if (!pace) return []
  const [stageId, percentile, age] = [pace.texts('stage_id'), pace.numbers('percentile'), pace.numbers('age_days')]
  return columns.flatMap(({ id }, column) => {
    const steps = [...stageId.keys()].filter((row) => stageId[row] === id).sort((a, b) => (percentile[a] ?? 0) - (percentile[b] ?? 0))
    let below = 0
    return steps.map((row, step) => {
      const band = [column, below, age[row] ?? below, percentile[row] ?? 0, step]
      below = age[row] ?? below
      return band
    })
  })
}

function sleInSight({ sle, zoom }: AgingWorkInput): ServiceLevel | undefined {
  return sle && zoom && (sle.days < zoom.from || sle.days >= zoom.to) ? undefined : sle
}

function agingTip(params: TipParams, { columns, stages }: AgingWorkInput, density: AgingDensity, context: ChartContext): string {
  const cell = params.seriesId === 'cells' ? density.cells[params.dataIndex] : undefined
  if (cell) return agingCellTip(cell, density.most, stages, context)
  const { theme, format } = context
  const row = density.points[params.dataIndex] ?? 0
  const stage = columns.texts('stage_id')[row] ?? ''
  const [rank, risk] = [columns.numbers('percentile_rank')[row] ?? null, columns.numbers('miss_risk_ratio')[row] ?? null]
  const title = columns.texts('title')[row]
  return tipHtml({
    title: `${columns.texts('key')[row] || columns.texts('item_id')[row] || ''}${title ? ` · ${title.slice(0, 120)}` : ''}`,
    rows: [
      {
        label: 'Age',
        value: format.count(columns.numbers('age_days')[row] ?? 0, 'day'),
        color: stageColors(stages, theme.palette).get(stage) ?? theme.palette.rest,
      },
      { label: 'Stage', value: stageName(stage, stages) },
      ...(rank === null ? [] : [{ label: 'Older than', value: `${format.number(rank)} % of similar items` }]),
      ...(risk === null ? [] : [{ label: 'Risk of missing the SLE', value: format.percent(risk) }]),
    ],
    notes: [...(columns.flags('blocked')[row] ? ['Blocked.'] : []), 'Click to see its life.'],
  })
}
