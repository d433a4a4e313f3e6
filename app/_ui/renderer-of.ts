import type { EChartsOption } from 'echarts'
import { pointCount } from '@/lib/charts/flat-points'

/** Marks of which each is a node of its own in SVG. */
const MOST_MARKS = 1500
/** Points of lines, of which hundreds make one node; from so many on, a pointer that moves over the picture makes the browser stutter. */
const MOST_POINTS = 6000

/** Canvas where there are so many marks or points that SVG would be slow, else SVG, which prints and grows without loss. */
export function rendererOf({ series }: EChartsOption): 'svg' | 'canvas' {
  let [marks, points] = [0, 0]
  for (const one of Array.isArray(series) ? series : series ? [series] : []) {
    const count = pointCount('data' in one ? one.data : undefined)
    if (one.type === 'line') points += count
    else marks += count
  }
  return marks > MOST_MARKS || points > MOST_POINTS ? 'canvas' : 'svg'
}
