import type { CustomSeriesOption, CustomSeriesRenderItem } from 'echarts'
import type { Stage } from '@/lib/model/stage'
import { type AgingCell, type AgingDensity, agesText, isLikelyMiss } from './aging-density'
import type { ChartContext, ChartPoint } from './context'
import { densitySteps, drawnEdge, stepOf } from './density'
import { tipHtml } from './tip'

/** How far cells reach to either side of their column's middle: bands of pace are seen beside them. */
const CELL_REACH = 0.3

/** A stage as a column of the picture. */
export interface StageColumn {
  readonly id: string
  readonly name: string
}

/** Cells within the columns of their stages, in a hue of their own where most of the items are likely to miss the expectation. */
export function agingCellSeries(
  { cells, most }: AgingDensity,
  columns: readonly StageColumn[],
  { theme }: ChartContext,
): CustomSeriesOption {
  const [usual, likely] = [densitySteps(most, theme), densitySteps(most, theme, theme.palette.worse)]
  const columnOf = new Map(columns.map((stage, index) => [stage.id, index]))
  const renderItem: CustomSeriesRenderItem = (_, api) => {
    const column = Number(api.value(0))
    const [x0, y0] = api.coord([column - CELL_REACH, api.value(1)])
    const [x1, y1] = api.coord([column + CELL_REACH, api.value(2)])
    if (x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return undefined
    // Whole px: between cells that end inside of one, the ground would shine through.
    const [left, right, bottom, top] = [Math.round(x0), Math.round(x1), Math.round(y0), Math.round(y1)]
    const gap = bottom - top > 5 ? 1 : 0
    return {
      type: 'rect',
      shape: { x: left, y: top, width: Math.max(right - left, 1), height: Math.max(bottom - top - gap, 1) },
      style: { fill: stepOf(api.value(4) ? likely : usual, Number(api.value(3)))?.color ?? theme.palette.accent },
      emphasis: { style: { stroke: theme.palette.text, lineWidth: 2 } },
    }
  }
  return {
    id: 'cells',
    name: 'cells',
    type: 'custom',
    clip: true,
    z: 2,
    renderItem,
    encode: { x: 0, y: [1, 2] },
    data: cells.map((cell) => [
      ...[columnOf.get(cell.stageId) ?? 0, Math.max(drawnEdge(cell.from, 'days'), 0), drawnEdge(cell.to, 'days'), cell.count],
      isLikelyMiss(cell) ? 1 : 0,
    ]),
  }
}

/** The cell around a place of the picture: between the marks of neighbours a gap is left. */
export function agingCellAt(
  { cells }: AgingDensity,
  columns: readonly StageColumn[],
  { x, y }: Pick<ChartPoint, 'x' | 'y'>,
): AgingCell | undefined {
  const column = Math.round(x)
  if (Math.abs(x - column) > CELL_REACH) return undefined
  const stageId = columns[column]?.id
  return cells.find((cell) => cell.stageId === stageId && y >= drawnEdge(cell.from, 'days') && y < drawnEdge(cell.to, 'days'))
}

/** What a cell counts. @param most items in a cell that is drawn */
export function agingCellTip(cell: AgingCell, most: number, stages: readonly Stage[], { theme, format }: ChartContext): string {
  const hue = isLikelyMiss(cell) ? theme.palette.worse : theme.palette.accent
  const color = stepOf(densitySteps(most, theme, hue), cell.count)?.color
  return tipHtml({
    title: stageName(cell.stageId, stages),
    rows: [
      { label: `Age ${agesText(cell, format)}`, value: format.count(cell.count, 'item'), color },
      ...(cell.likely > 0 ? [{ label: 'Likely to miss the SLE', value: format.number(cell.likely) }] : []),
      ...(cell.blocked > 0 ? [{ label: 'Blocked', value: format.number(cell.blocked) }] : []),
    ],
    notes: [...(cell.points ? [`${format.count(cell.points, 'of them is a dot', 'of them are dots')}.`] : []), 'Click for the items.'],
  })
}

/** What a stage is called. */
export function stageName(id: string, stages: readonly Stage[]): string {
  return stages.find((stage) => stage.id === id)?.name ?? (id === 'unmapped' ? 'Not mapped' : id)
}
