import { OVER } from '@/lib/charts/base'
import type { Segment } from '@/lib/charts/context'
import type { EChartsType } from './echarts-parts'

type Graphics = typeof import('./echarts-parts').echarts.graphic

interface Readings {
  /** Lines to draw for a place on the horizontal axis, in the chart's own values. */
  readonly linesAt: () => ((x: number) => readonly Segment[]) | undefined
  readonly color: () => string
}

/** Draws measuring lines under the pointer, over the picture, without drawing the picture anew. */
export function showReadings(chart: EChartsType, graphics: Graphics, { linesAt, color }: Readings): void {
  const surface = chart.getZr()
  let drawn: InstanceType<Graphics['Line']>[] = []
  const clear = () => {
    for (const line of drawn) surface.remove(line)
    drawn = []
  }
  surface.on('mousemove', (event) => {
    clear()
    const lines = linesAt()
    const pixel = [event.offsetX, event.offsetY]
    if (!lines || !chart.containPixel('grid', pixel)) return
    const [x] = chart.convertFromPixel('grid', pixel) as [number, number]
    drawn = lines(x).map((segment) => lineOf(chart, graphics, segment, color()))
    for (const line of drawn) surface.add(line)
  })
  surface.on('globalout', clear)
}

function lineOf(chart: EChartsType, graphics: Graphics, { from, to }: Segment, stroke: string) {
  const [x1, y1] = chart.convertToPixel('grid', [...from]) as [number, number]
  const [x2, y2] = chart.convertToPixel('grid', [...to]) as [number, number]
  return new graphics.Line({ shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: 2 }, silent: true, z: 100, zlevel: OVER })
}
