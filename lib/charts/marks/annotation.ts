import type { Annotation } from '@/lib/model/portfolio'
import { parseDay } from '@/lib/time/day'
import { MS_PER_DAY } from '../base'
import type { ChartContext } from '../context'

/** Annotations that say something about a stream: those without a scope and those whose scope names it. */
export function annotationsOf(annotations: readonly Annotation[], stream: string): Annotation[] {
  return annotations.filter((annotation) => {
    const streams = annotation.scope.stream
    return !streams || streams.includes(stream)
  })
}

interface PlacedAnnotation {
  readonly start: number
  readonly text: string
  readonly align: 'left' | 'center' | 'right'
  /** Its text would lie on the one before. */
  readonly crowded: boolean
}

/** px that a text of the longest length takes. */
const TEXT_WIDTH = 180
const EDGE_SHARE = 0.1
/** How much of a text lies left of its line. */
const BEFORE = { left: 0, center: 0.5, right: 1 }

/** Annotations inside `[first, last]` as day numbers, in order, for a plot of `width` px. */
export function placeAnnotations(
  annotations: readonly Annotation[],
  [first, last]: readonly [number, number],
  width: number,
): PlacedAnnotation[] {
  const inside = annotations.flatMap(({ on, text }) => {
    const start = parseDay(on)
    return start === undefined || start < first || start > last ? [] : [{ start, text }]
  })
  let end = Number.NEGATIVE_INFINITY
  return inside
    .sort((a, b) => a.start - b.start)
    .map(({ start, text }) => {
      const share = (start - first) / Math.max(last - first, 1)
      const align = share < EDGE_SHARE ? 'left' : share > 1 - EDGE_SHARE ? 'right' : 'center'
      const left = share * width - BEFORE[align] * TEXT_WIDTH
      const crowded = left < end
      if (!crowded) end = left + TEXT_WIDTH
      return { start, text, align, crowded }
    })
}

/** Fine vertical lines with their text above the plot; on a phone there is no room for it. */
export function annotationLines(placed: readonly PlacedAnnotation[], { theme, narrow }: ChartContext) {
  return placed.map(({ start, text, align, crowded }) => ({
    name: text,
    xAxis: start * MS_PER_DAY,
    lineStyle: { type: 'dotted' as const, width: 1, color: theme.palette.faint },
    label: {
      show: !narrow && !crowded,
      formatter: text.length > 28 ? `${text.slice(0, 27)}…` : text,
      position: 'end' as const,
      rotate: 0,
      distance: 5,
      align,
      color: theme.palette.textDim,
      fontSize: 12,
    },
  }))
}
