import type { EChartsOption } from 'echarts'
import type { ChartContext } from '@/lib/charts/context'
import type { Format } from '@/lib/charts/format'
import { chartTheme } from '@/lib/charts/theme'
import { chartSvg } from '../../_ui/chart-svg'
import { echarts } from '../../_ui/echarts-parts'
import { rendererOf } from '../../_ui/renderer-of'
import { compactSvg, inBothSchemes, scalable } from './compact-svg'
import { measureLikeInter } from './letter-widths'

/** A chart that can be drawn at once. */
export interface FirstChart {
  readonly height: number
  readonly build: (context: ChartContext) => EChartsOption
}

/** The same picture for a wide and for a narrow box. */
export interface Drawing {
  readonly wide: string
  readonly narrow: string
  readonly byteLength: number
}

/** Inner widths of the chart's box, px, on a desktop and on a phone: the living chart is as wide where the window is of the usual size. */
export interface Widths {
  readonly wide: number
  readonly narrow: number
}

export const NO_DRAWING: Drawing = { wide: '', narrow: '', byteLength: 0 }

/** Letters of SVG that a page may carry for a picture that is seen for a moment. */
const MOST_LETTERS = 60_000
const NARROW = 480
const WIDTH_STEP = 40

measureLikeInter()

/** Draws a chart for both schemes and both widths. A picture that would be too long is none. */
export function drawFirst(name: string, chart: FirstChart, widths: Widths, format: Format): Drawing {
  const [wide, narrow] = [widths.wide, widths.narrow].map((width) => drawn(`${name}-${width}`, chart, width, format))
  return wide && narrow ? { wide, narrow, byteLength: wide.length + narrow.length } : NO_DRAWING
}

function drawn(name: string, chart: FirstChart, width: number, format: Format): string | undefined {
  for (const leaveOut of [[], CORRECTIONS]) {
    const options = (['light', 'dark'] as const).map((scheme) =>
      thinned(chart.build(contextOf(scheme, width, chart.height, format)), width, leaveOut),
    )
    // So many marks would take seconds in which nobody else is served.
    if (options.some((option) => rendererOf(option) === 'canvas')) continue
    const [light = '', dark = ''] = options.map((option) => compactSvg(chartSvg(echarts, option, { width, height: chart.height }), name))
    const both = inBothSchemes(light, dark)
    if (both && both.length <= MOST_LETTERS) return scalable(both, { width, height: chart.height })
  }
  return undefined
}

function contextOf(scheme: 'light' | 'dark', width: number, height: number, format: Format): ChartContext {
  const stepped = Math.floor(width / WIDTH_STEP) * WIDTH_STEP
  return { theme: chartTheme(scheme, 'inherit'), format, narrow: stepped < NARROW, width: stepped, height }
}

/** px from one point of a line to the next, at least, and points of all lines together: an area says each of its own four times. */
const POINT_GAP = 5
const MOST_POINTS = 800
const CORRECTIONS = ['custom']

/** No more of a line than is seen at a glance. */
function thinned(option: EChartsOption, width: number, leaveOut: readonly string[]): EChartsOption {
  const series = [option.series ?? []].flat().filter(({ type }) => !leaveOut.includes(type ?? ''))
  const lines = series.filter(({ type }) => type === 'line').length
  const most = Math.min(width / POINT_GAP, MOST_POINTS / lines)
  const thin = (one: (typeof series)[number]) => (one.type === 'line' ? { ...one, data: someOf(one.data, most) } : one)
  return { ...option, series: series.map(thin) } as EChartsOption
}

/** Points at even distances, the last among them. Flat ones stand as x, y, x, y. */
function someOf(data: unknown, most: number): unknown {
  const size = data instanceof Float64Array ? 2 : 1
  if (!(data instanceof Float64Array || Array.isArray(data)) || data.length / size <= most) return data
  const last = data.length / size - 1
  const rows = new Set(Array.from({ length: Math.ceil(most) }, (_, at) => Math.round((at * last) / (Math.ceil(most) - 1))))
  return data.filter((_: unknown, at: number) => rows.has(Math.floor(at / size)))
}
