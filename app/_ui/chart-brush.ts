import { OVER } from '@/lib/charts/base'
import type { Area } from '@/lib/charts/zoom'
import type { EChartsType } from './echarts-parts'

type Graphics = typeof import('./echarts-parts').echarts.graphic
type Corner = readonly [number, number]

interface Brush {
  /** Told of what was drawn over the picture; undefined: nothing can be drawn. */
  readonly drawn: () => ((area: Area) => void) | undefined
  readonly color: () => string
}

/** Less is no stretch: a drag that is flat is about time alone, an upright one about values. */
const LEAST = 12

/** A mouse draws a rectangle over the picture. Fingers scroll the page instead. */
export function showBrush(chart: EChartsType, graphics: Graphics, { drawn, color }: Brush): void {
  const surface = chart.getZr()
  let start: Corner | undefined
  let box: InstanceType<Graphics['Rect']> | undefined
  const clear = () => {
    if (box) surface.remove(box)
    start = undefined
    box = undefined
  }
  surface.on('mousedown', (event) => {
    const source = event.event as unknown as { zrByTouch?: boolean; button?: number }
    const isMain = !source.zrByTouch && (source.button ?? 0) === 0
    if (isMain && drawn() && chart.containPixel('grid', [event.offsetX, event.offsetY])) start = [event.offsetX, event.offsetY]
  })
  surface.on('mousemove', (event) => {
    if (!drawn() || !chart.containPixel('grid', [event.offsetX, event.offsetY])) return
    if (!start) return
    surface.setCursorStyle('crosshair')
    if (box) surface.remove(box)
    box = rectangle(graphics, start, [event.offsetX, event.offsetY], color())
    surface.add(box)
  })
  surface.on('mouseup', (event) => {
    const area = start && areaOf(chart, start, [event.offsetX, event.offsetY])
    clear()
    if (area) drawn()?.(area)
  })
  surface.on('globalout', clear)
}

function rectangle(graphics: Graphics, [x0, y0]: Corner, [x1, y1]: Corner, color: string) {
  const shape = { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) }
  return new graphics.Rect({
    shape,
    style: { fill: color, opacity: 0.12, stroke: color, lineWidth: 1 },
    silent: true,
    z: 100,
    zlevel: OVER,
  })
}

function areaOf(chart: EChartsType, [x0, y0]: Corner, [x1, y1]: Corner): Area | undefined {
  const [left, bottom] = chart.convertFromPixel('grid', [Math.min(x0, x1), Math.max(y0, y1)]) as [number, number]
  const [right, top] = chart.convertFromPixel('grid', [Math.max(x0, x1), Math.min(y0, y1)]) as [number, number]
  const isWide = Math.abs(x1 - x0) >= LEAST
  const isHigh = Math.abs(y1 - y0) >= LEAST
  if (!isWide && !isHigh) return undefined
  return { ...(isWide ? { x: [left, right] } : {}), ...(isHigh ? { y: [bottom, top] } : {}) }
}
