import type { Columns } from '@/lib/model/columns'
import type { Drill } from './context'
import type { Format } from './format'

/** Unfinished items that stand in a stage and are `[from, to)` days old, counted together. */
export interface AgingCell {
  readonly stageId: string
  readonly from: number
  readonly to: number
  readonly count: number
  /** Of these are drawn as dots, too. */
  readonly points: number
  readonly blocked: number
  /** Past the expectation, or likelier than not to miss it. */
  readonly likely: number
}

/** An answer of `aging-density`, cells and points apart, with what it adds up to. */
export interface AgingDensity {
  /** Only those that hold more than what is drawn as dots. */
  readonly cells: readonly AgingCell[]
  /** Rows of the points. */
  readonly points: readonly number[]
  /** Items in all. */
  readonly total: number
  readonly byStage: ReadonlyMap<string, number>
  /** Most items in a cell that is drawn. */
  readonly most: number
  /** Age of the oldest item in days. */
  readonly oldest: number
  /** Items older than 95 % of similar ones, blocked, past the expectation, and past it or likely to miss it. */
  readonly old: number
  readonly blocked: number
  readonly late: number
  readonly likely: number
}

/** Takes an answer apart: what is drawn as a cell and what as a dot. */
export function agingDensityOf(columns: Columns): AgingDensity {
  const [kinds, stages] = [columns.texts('kind'), columns.texts('stage_id')]
  const counted = (name: string) => columns.numbers(name).map((value) => value ?? 0)
  const [froms, tos, counts, pointCounts] = ['age_from', 'age_to', 'item_count', 'point_count'].map(counted)
  const [blocked, old, late, likely] = ['blocked_count', 'old_count', 'late_count', 'likely_count'].map(counted)
  const at = (values: readonly number[] | undefined, row: number) => values?.[row] ?? 0
  const rows = [...kinds.keys()]
  const byStage = new Map<string, number>()
  for (const row of rows) byStage.set(stages[row] ?? '', (byStage.get(stages[row] ?? '') ?? 0) + at(counts, row))
  const isDrawn = (row: number) => kinds[row] === 'cell' && at(counts, row) > at(pointCounts, row)
  const cells = rows.filter(isDrawn).map((row) => ({
    stageId: stages[row] ?? '',
    ...{ from: at(froms, row), to: at(tos, row), count: at(counts, row), points: at(pointCounts, row) },
    ...{ blocked: at(blocked, row), likely: at(likely, row) },
  }))
  const sum = (values: readonly number[] | undefined) => (values ?? []).reduce((all, value) => all + value, 0)
  return {
    cells,
    points: rows.filter((row) => kinds[row] === 'point'),
    ...{ total: sum(counts), byStage, most: cells.reduce((most, { count }) => Math.max(most, count), 0) },
    oldest: (tos ?? []).reduce((most, to) => Math.max(most, to - 1), 0),
    ...{ old: sum(old), blocked: sum(blocked), late: sum(late), likely: sum(likely) },
  }
}

/** Whether most of a cell's items are likely to miss the expectation. */
export function isLikelyMiss({ count, likely }: Pick<AgingCell, 'count' | 'likely'>): boolean {
  return likely * 2 > count
}

/** The items that a cell counts. @param stage name of the stage */
export function agingCellDrill({ stageId, from, to }: Pick<AgingCell, 'stageId' | 'from' | 'to'>, stage: string, format: Format): Drill {
  return {
    title: `${stage}: ${agesText({ from, to }, format)} old`,
    params: { status: 'in_progress', stageId, ageFrom: String(from), ageTo: String(to) },
  }
}

/** Whole days by their first and last. */
export function agesText({ from, to }: Pick<AgingCell, 'from' | 'to'>, format: Format): string {
  return to - from === 1 ? format.count(from, 'day') : `${format.number(from)} – ${format.count(to - 1, 'day')}`
}
