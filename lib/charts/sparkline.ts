export interface Sparkline {
  /** SVG path; a gap where a value is missing. */
  readonly path: string
  /** Where the last value stands, px. */
  readonly end: { readonly x: number; readonly y: number } | undefined
}

export interface SparklineSize {
  readonly width: number
  readonly height: number
}

export const SPARKLINE_SIZE: SparklineSize = { width: 96, height: 24 }
const PAD = 3

/**
 * A line, of 96 × 24 px where nothing is said, and its last point. Geometry and not an ECharts option: a table may hold hundreds,
 * and the page must be able to draw them on the server.
 */
export function sparkline(values: readonly (number | null)[], size: SparklineSize = SPARKLINE_SIZE): Sparkline {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const x = (index: number) => round(PAD + (index / Math.max(values.length - 1, 1)) * (size.width - 2 * PAD))
  const y = (value: number) => round(high === low ? size.height / 2 : PAD + ((high - value) / (high - low)) * (size.height - 2 * PAD))
  let path = ''
  let open = false
  values.forEach((value, index) => {
    if (value !== null) path += `${open ? 'L' : 'M'}${x(index)} ${y(value)}`
    open = value !== null
  })
  const last = values.findLastIndex((value) => value !== null)
  const value = values[last]
  return { path, end: value === null || value === undefined ? undefined : { x: x(last), y: y(value) } }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
