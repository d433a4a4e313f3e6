import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'

/** A cumulative flow as lines: one per stage in the order of the flow, one value per day. */
export interface FlowGrid {
  readonly days: readonly number[]
  readonly stages: readonly Stage[]
  /** Items at or past the stage at the end of the day. */
  readonly reached: readonly (readonly number[])[]
  /** Of these, items that are behind the stage again. */
  readonly behind: readonly (readonly number[])[]
  /** Items that were removed by the end of the day; they stay in the lines they reached. */
  readonly removed: readonly number[]
  /** Index of the first done stage: its line is the bottom line of all readings. */
  readonly finished: number
}

/** Day × stage rows → lines, days ascending. Stages without a place in the order are left out. */
export function flowGrid(columns: Columns, stages: readonly Stage[]): FlowGrid {
  const days = [...new Set(columns.numbers('day_on'))].filter((day) => day !== null).sort((a, b) => a - b)
  const rowOf = new Map(days.map((day, row) => [day, row]))
  const indexOf = new Map(stages.map((stage, index) => [stage.id, index]))
  const lines = () => stages.map(() => new Array<number>(days.length).fill(0))
  const [reached, behind] = [lines(), lines()]
  const removed = new Array<number>(days.length).fill(0)
  const [dayOn, stageId] = [columns.numbers('day_on'), columns.texts('stage_id')]
  const [reachedCount, behindCount] = [columns.numbers('reached_count'), columns.numbers('behind_count')]
  const removedCount = columns.has('removed_count') ? columns.numbers('removed_count') : []
  for (let i = 0; i < columns.rowCount; i++) {
    const index = indexOf.get(stageId[i] ?? '')
    const row = rowOf.get(dayOn[i] ?? Number.NaN)
    if (index === undefined || row === undefined) continue
    const [line, back] = [reached[index], behind[index]]
    if (line) line[row] = (line[row] ?? 0) + (reachedCount[i] ?? 0)
    if (back) back[row] = (back[row] ?? 0) + (behindCount[i] ?? 0)
    // Every removed item was created, so the first line's count is that of all.
    if (index === 0) removed[row] = (removed[row] ?? 0) + (removedCount[i] ?? 0)
  }
  const finished = stages.findIndex((stage) => stage.kind === 'done')
  return { days, stages, reached, behind, removed, finished: finished < 0 ? stages.length - 1 : finished }
}

export interface FlowReading {
  /** Items whose mark is the stage. */
  readonly bands: readonly number[]
  /** Top line − bottom line + finished items that are open again. */
  readonly wip: number
  /** Items removed so far; the vertical measure still holds them. */
  readonly removed: number
  /** Days between this many arrivals and this many finishes; null before the first finish. */
  readonly flowDays: number | null
  readonly behind: number
}

/** What can be read off at a day: WIP upward, approximate average flow time to the left. */
export function readingAt({ days, reached, behind, removed, finished }: FlowGrid, row: number): FlowReading {
  const at = reached.map((line) => line[row] ?? 0)
  const [top, bottom] = [at[0] ?? 0, at[finished] ?? 0]
  const open = behind[finished]?.[row] ?? 0
  const arrivals = reached[0] ?? []
  const arrived = bottom > 0 ? arrivals.findIndex((count) => count >= bottom) : -1
  const known = arrived > 0 || (arrived === 0 && arrivals[0] === bottom)
  return {
    bands: at.map((count, index) => count - (at[index + 1] ?? 0)),
    wip: top - bottom + open,
    removed: removed[row] ?? 0,
    flowDays: known ? (days[row] ?? 0) - (days[arrived] ?? 0) + 1 : null,
    behind: Math.max(0, ...behind.map((line) => line[row] ?? 0)),
  }
}

/** The two measures as lines at a day: upward the items between the lines, to the left the approximate flow time. */
export function readingLines(grid: FlowGrid, row: number): { vertical: [Place, Place]; horizontal: [Place, Place] | undefined } {
  const day = grid.days[row] ?? 0
  const bottom = grid.reached[grid.finished]?.[row] ?? 0
  const { flowDays } = readingAt(grid, row)
  return {
    vertical: [
      [day, bottom],
      [day, grid.reached[0]?.[row] ?? 0],
    ],
    horizontal:
      flowDays === null
        ? undefined
        : [
            [day - flowDays + 1, bottom],
            [day, bottom],
          ],
  }
}

/** Day number, items. */
type Place = readonly [number, number]
