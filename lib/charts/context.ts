import type { Format } from './format'
import type { ChartTheme } from './theme'

/** A fill that repeats a small picture. */
export type Tile = (drawn: { readonly pattern: 'dots' | 'hatch'; readonly ground: string; readonly color: string }) => {
  readonly image: HTMLCanvasElement
  readonly repeat: 'repeat'
  readonly scaleX: number
  readonly scaleY: number
}

/** What every chart form is drawn with. */
export interface ChartContext {
  readonly theme: ChartTheme
  readonly format: Format
  /** Room for direct labels is missing (a phone). */
  readonly narrow: boolean
  /** Of the whole picture, px; the width in steps, so that a picture is not made anew for every pixel. */
  readonly width: number
  readonly height: number
  /** Patterns as pictures; absent where there is no screen, and then the drawing library draws them. */
  readonly tile?: Tile
}

/** A place on a chart that was clicked, in the chart's own values. */
export interface ChartPoint {
  readonly x: number
  readonly y: number
  /** Row of the datum under the pointer, when there is one. */
  readonly seriesId?: string
  readonly dataIndex?: number
}

/** A line between two places, in the chart's own values. */
export interface Segment {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
}

/** Items behind a mark, as parameters of the metric `items`. */
export interface Drill {
  readonly title: string
  readonly params: Readonly<Record<string, string>>
}
