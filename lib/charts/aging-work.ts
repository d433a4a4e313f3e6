import type { CustomSeriesOption, CustomSeriesRenderItem, EChartsOption, ScatterSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { ServiceLevel } from '@/lib/model/value-stream'
import type { AgeZoom } from './age-zoom'
import { agingCellAt, agingCellSeries, agingCellTip, type StageColumn, stageName } from './aging-cells'
import { type AgingDensity, agingCellDrill, agingDensityOf } from './aging-density'
import { baseOption, type TipParams, valueAxis } from './base'
import { mix, stageColors } from './colors'
import type { ChartContext, ChartPoint, Drill } from './context'
import { drawnEdge } from './density'
import type { Format } from './format'
import { sleMark } from './marks/limit'
import { halo } from './marks/percentile'
import { tipHtml } from './tip'

/** From this risk on an item is more likely to miss the SLE than to meet it. */
const LIKELY_MISS = 0.5
const LABELLED = 10
/** px of a column below which names are slanted. */
const THINNEST = 72
/** From here on dots are small and translucent. */
const DENSE = 250
/** How far dots reach to either side of their column's middle. */
const DOT_REACH = 0.36

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
  const { palette } = context.theme
  return {
    ...baseOption(context, { right: 24 }),
    xAxis: {
      type: 'value',
      min: -0.5,
      max: Math.max(columns.length, 1) - 0.5,
      interval: 0.5,
      splitLine: { show: false },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.lineStrong } },
      axisLabel: stageLabels(columns, density.byStage, context),
    },
    yAxis: ageAxis(input.zoom, context),
    tooltip: {
      ...(baseOption(context).tooltip as object),
      trigger: 'item',
      formatter: (params: unknown) => agingTip(params as TipParams, { input, density, columns }, context),
    },
    series: [
      bandSeries(input, columns, context),
      ...(density.cells.length ? [agingCellSeries(density, columns, context)] : []),
      dotSeries({ input, density, columns }, context),
    ],
  }
}

/** Up from nought, or the ages that are looked at, whose ends are no round numbers. */
function ageAxis(zoom: AgeZoom | undefined, context: ChartContext): EChartsOption['yAxis'] {
  const axis = valueAxis(context, 'age in days', { min: 0, minInterval: 1, axisLine: { show: false, onZero: false } })
  if (!zoom) return axis
  const ends = { min: drawnEdge(zoom.from, 'days'), max: drawnEdge(zoom.to, 'days') }
  return { ...axis, ...ends, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } } as EChartsOption['yAxis']
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

/** Names broken into lines as wide as their column; slanted and cut where a column is too thin for a word. */
function stageLabels(columns: readonly StageColumn[], counts: ReadonlyMap<string, number>, context: ChartContext) {
  const room = (context.width - 64) / Math.max(columns.length, 1)
  const slanted = room < THINNEST
  const label = (stage: StageColumn) => {
    const n = counts.get(stage.id) ?? 0
    if (!slanted) return `${stage.name}\n${context.format.count(n, 'item')}`
    return `${stage.name.length > 15 ? `${stage.name.slice(0, 14)}…` : stage.name} ${context.format.number(n)}`
  }
  return {
    color: context.theme.palette.textDim,
    lineHeight: 15,
    ...(slanted ? { rotate: 50 } : { width: room - 8, overflow: 'break' as const }),
    formatter: (value: number) => {
      const stage = columns[value]
      return stage ? label(stage) : ''
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

interface Drawn {
  readonly input: AgingWorkInput
  readonly density: AgingDensity
  readonly columns: readonly StageColumn[]
}

function dotSeries({ input, density, columns }: Drawn, context: ChartContext): ScatterSeriesOption {
  const { palette } = context.theme
  const [stageId, age, key] = [input.columns.texts('stage_id'), input.columns.numbers('age_days'), input.columns.texts('key')]
  const [risk, blocked] = [input.columns.numbers('miss_risk_ratio'), input.columns.flags('blocked')]
  const colors = stageColors(input.stages, palette)
  const columnOf = new Map(columns.map((stage, index) => [stage.id, index]))
  const oldest = oldestRows(density.points, age)
  const dense = density.points.length > DENSE || density.cells.length > 0
  const size = dense ? 5 : 8
  const sle = sleInSight(input)
  return {
    id: 'dots',
    name: 'single items',
    type: 'scatter',
    z: 3,
    data: density.points.map((row, place) => {
      const [column, likely] = [columnOf.get(stageId[row] ?? '') ?? 0, (risk[row] ?? 0) >= LIKELY_MISS]
      const color = likely ? palette.worse : (colors.get(stageId[row] ?? '') ?? palette.rest)
      return {
        value: [column + jitter(place), age[row] ?? null],
        symbolSize: size + (blocked[row] ? 3 : 0),
        itemStyle: {
          color: likely ? color : mix(color, palette.surface, 0.25),
          borderColor: blocked[row] ? palette.text : color,
          borderWidth: blocked[row] ? 2 : 1.25,
          opacity: dense ? 0.6 : 0.9,
        },
        label: oldest.has(row)
          ? {
              show: true,
              formatter: key[row],
              position: sideOf(column, columns.length),
              color: palette.text,
              fontSize: 12,
              opacity: 1,
              ...halo(palette.surface),
            }
          : { show: false },
      }
    }) as ScatterSeriesOption['data'],
    labelLayout: { hideOverlap: true },
    markLine: { silent: true, symbol: 'none', data: sle ? [sleMark(sle, context)] : [] },
  }
}

function sleInSight({ sle, zoom }: AgingWorkInput): ServiceLevel | undefined {
  return sle && zoom && (sle.days < zoom.from || sle.days >= zoom.to) ? undefined : sle
}

/** Names stand on the side where there is room. */
function sideOf(column: number, count: number): 'left' | 'right' {
  return column >= count / 2 ? 'left' : 'right'
}

function oldestRows(points: readonly number[], age: readonly (number | null)[]): ReadonlySet<number> {
  return new Set([...points].sort((a, b) => (age[b] ?? 0) - (age[a] ?? 0)).slice(0, LABELLED))
}

/** A place in the column −0.36 … 0.36 that spreads neighbours and is the same each time (golden ratio sequence). */
function jitter(row: number): number {
  return (((row * 0.618033988749895) % 1) - 0.5) * 2 * DOT_REACH
}

function agingTip(params: TipParams, drawn: Drawn, context: ChartContext): string {
  const cell = params.seriesId === 'cells' ? drawn.density.cells[params.dataIndex] : undefined
  if (cell) return agingCellTip(cell, drawn.density.most, drawn.input.stages, context)
  const { columns, stages } = drawn.input
  const { theme, format } = context
  const row = drawn.density.points[params.dataIndex] ?? 0
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
