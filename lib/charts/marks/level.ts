import type { MarkLineComponentOption } from 'echarts'
import { spreadOffsets } from '../spread'

export type MarkLineData = NonNullable<MarkLineComponentOption['data']>[number]

/** A line across the plot that has a name. */
export interface Level {
  readonly name: string
  readonly value: number
  readonly color: string
  readonly lineStyle: { readonly type: 'solid' | 'dashed'; readonly width: number; readonly color: string }
}

/** Where a value stands, px from the top of the plot, and the plot's height. */
export interface Plot {
  readonly height: number
  readonly place: (value: number) => number
}

/** px of a line of text, of a letter at most, and from the plot to a name. */
const [LINE_HEIGHT, LETTER, DISTANCE] = [14, 6.6, 6]

/** px to the right of a plot that names of levels take. */
export function levelRoom(levels: readonly Level[]): number {
  return DISTANCE + Math.ceil(LETTER * Math.max(0, ...levels.map(({ name }) => name.length)))
}

/** Lines named at their right end, beside the plot: there a name covers no mark, and no other name. */
export function levelMarks(levels: readonly Level[], plot: Plot): MarkLineData[] {
  const offsets = spreadOffsets(
    levels.map(({ value }) => plot.place(value)),
    LINE_HEIGHT,
    [0, plot.height],
  )
  return levels.map(({ name, value, color, lineStyle }, index) => ({
    name,
    yAxis: value,
    lineStyle,
    label: { show: true, formatter: name, color, fontSize: 12, position: 'end', distance: DISTANCE, offset: [0, offsets[index] ?? 0] },
  }))
}
