import type { ScatterSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { StageColumn } from './aging-cells'
import type { AgingDensity } from './aging-density'
import { mix, stageColors } from './colors'
import type { ChartContext } from './context'
import { type Dot, freeSides, type Side } from './free-sides'
import { type Level, levelMarks } from './marks/level'
import { halo } from './marks/limit'

/** From this risk on an item is more likely to miss the SLE than to meet it. */
const LIKELY_MISS = 0.5
const NAMED = 10
/** From here on dots are small and translucent. */
const DENSE = 250
/** How far dots reach to either side of their column's middle. */
const DOT_REACH = 0.36

export interface AgingDots {
  readonly items: Columns
  readonly density: AgingDensity
  readonly stages: readonly Stage[]
  readonly columns: readonly StageColumn[]
  /** The expectation; absent where it is not in the picture. */
  readonly level?: Level
  readonly plot: AgingPlot
}

/** px of the plot, and the ages at its lower and its upper end. */
export interface AgingPlot {
  readonly width: number
  readonly height: number
  readonly ages: readonly [number, number]
}

/** A dot per item at its age; likely misses filled, blocked ones ringed, the oldest named where a name hides nothing. */
export function agingDotSeries(dots: AgingDots, context: ChartContext): ScatterSeriesOption {
  const { level, plot } = dots
  const { palette } = context.theme
  const drawn = drawnDots(dots, context)
  const places = drawn.map((dot) => placeIn(plot, dots.columns.length, dot))
  const place = (age: number) => placeIn(plot, 1, { value: [0, age], symbolSize: 0 }).y
  const line = level && { left: 0, right: plot.width, top: place(level.value) - 1, bottom: place(level.value) + 1 }
  const sides = freeSides(oldestNames(dots), { dots: places, width: plot.width, taken: line ? [line] : [] })
  const label = (dot: number, side: Side | undefined) =>
    side === undefined
      ? { show: false }
      : {
          show: true,
          formatter: nameOf(dots, dot),
          position: side,
          color: palette.text,
          fontSize: 12,
          opacity: 1,
          ...halo(palette.surface),
        }
  return {
    id: 'dots',
    name: 'single items',
    type: 'scatter',
    z: 3,
    data: drawn.map((dot, index) => ({ ...dot, label: label(index, sides.get(index)) })) as ScatterSeriesOption['data'],
    emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
    labelLayout: { hideOverlap: true },
    markLine: {
      silent: true,
      symbol: 'none',
      data: level ? [...edgeOf(level, dots, context), ...levelMarks([level], { height: plot.height, place })] : [],
    },
  }
}

/** Over cells of its own hue a line is seen by its edge. */
function edgeOf({ name, value, lineStyle }: Level, { density }: AgingDots, { theme }: ChartContext) {
  const edge = { ...lineStyle, width: 4.5, color: theme.palette.surface }
  return density.cells.length > 0 ? [{ name, yAxis: value, lineStyle: edge, label: { show: false } }] : []
}

interface DrawnDot {
  readonly value: [column: number, age: number]
  readonly symbolSize: number
}

function drawnDots({ items, density, stages, columns }: AgingDots, { theme: { palette } }: ChartContext) {
  const [stageId, age] = [items.texts('stage_id'), items.numbers('age_days')]
  const [risk, blocked] = [items.numbers('miss_risk_ratio'), items.flags('blocked')]
  const colors = stageColors(stages, palette)
  const columnOf = new Map(columns.map((stage, index) => [stage.id, index]))
  const dense = density.points.length > DENSE || density.cells.length > 0
  return density.points.map((row, place) => {
    const likely = (risk[row] ?? 0) >= LIKELY_MISS
    const color = likely ? palette.worse : (colors.get(stageId[row] ?? '') ?? palette.rest)
    return {
      value: [(columnOf.get(stageId[row] ?? '') ?? 0) + jitter(place), age[row] ?? 0] as [number, number],
      symbolSize: (dense ? 5 : 8) + (blocked[row] ? 3 : 0),
      itemStyle: {
        color: likely ? color : mix(color, palette.surface, 0.25),
        borderColor: blocked[row] ? palette.text : color,
        borderWidth: blocked[row] ? 2 : 1.25,
        opacity: dense ? 0.6 : 0.9,
      },
    }
  })
}

/** A place in the column −0.36 … 0.36 that spreads neighbours and is the same each time (golden ratio sequence). */
function jitter(place: number): number {
  return (((place * 0.618033988749895) % 1) - 0.5) * 2 * DOT_REACH
}

function placeIn({ width, height, ages: [low, high] }: AgingPlot, columns: number, { value: [column, age], symbolSize }: DrawnDot): Dot {
  return { x: (width * (column + 0.5)) / columns, y: height * (1 - (age - low) / (high - low)), radius: symbolSize / 2 }
}

/** By the place of the dot, the oldest first. */
function oldestNames(dots: AgingDots): ReadonlyMap<number, string> {
  const age = dots.items.numbers('age_days')
  const ageOf = (place: number) => age[dots.density.points[place] ?? -1] ?? 0
  const oldest = [...dots.density.points.keys()].sort((a, b) => ageOf(b) - ageOf(a)).slice(0, NAMED)
  return new Map(oldest.map((place) => [place, nameOf(dots, place)]))
}

function nameOf({ items, density }: AgingDots, place: number): string {
  const row = density.points[place] ?? -1
  return items.texts('key')[row] || items.texts('item_id')[row] || ''
}
