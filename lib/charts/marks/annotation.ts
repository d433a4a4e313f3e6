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
  /** After the last day. */
  readonly end: number
  readonly text: string
}

/** Annotations inside `[first, last]` as day numbers. */
export function placeAnnotations(annotations: readonly Annotation[], first: number, last: number): PlacedAnnotation[] {
  return annotations.flatMap((annotation) => {
    const start = parseDay(annotation.on)
    if (start === undefined || start < first || start > last) return []
    const until = annotation.until === undefined ? start : (parseDay(annotation.until) ?? start)
    return [{ start, end: until + 1, text: annotation.text }]
  })
}

/** Fine vertical lines with their text above the plot; on a phone there is no room for it. */
export function annotationLines(placed: readonly PlacedAnnotation[], { theme, narrow }: ChartContext) {
  return placed.map(({ start, text }) => ({
    name: text,
    xAxis: start * MS_PER_DAY,
    lineStyle: { type: 'dotted' as const, width: 1, color: theme.palette.faint },
    label: {
      show: !narrow,
      formatter: text.length > 28 ? `${text.slice(0, 27)}…` : text,
      position: 'end' as const,
      rotate: 0,
      distance: 5,
      color: theme.palette.textDim,
      fontSize: 12,
    },
  }))
}
