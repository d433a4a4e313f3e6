import { studentQuantile } from './student-t'

/** A straight line through points, with the interval of its height anywhere. */
export interface Trend {
  readonly n: number
  /** Change of the height per unit of x. */
  readonly slope: number
  /** Height of the line at x with its confidence interval. */
  at(x: number): { readonly value: number; readonly low: number; readonly high: number }
}

/** Least-squares line with 95 % intervals of its mean height; `undefined` below three points or when all x are equal. */
export function fitTrend(points: readonly { readonly x: number; readonly y: number }[]): Trend | undefined {
  const n = points.length
  if (n < 3) return undefined
  const meanX = points.reduce((sum, point) => sum + point.x, 0) / n
  const meanY = points.reduce((sum, point) => sum + point.y, 0) / n
  const spread = points.reduce((sum, point) => sum + (point.x - meanX) ** 2, 0)
  if (spread === 0) return undefined
  const slope = points.reduce((sum, point) => sum + (point.x - meanX) * (point.y - meanY), 0) / spread
  const residual = points.reduce((sum, point) => sum + (point.y - meanY - slope * (point.x - meanX)) ** 2, 0)
  const deviation = Math.sqrt(residual / (n - 2))
  const reach = studentQuantile(0.975, n - 2)
  return {
    n,
    slope,
    at: (x) => {
      const value = meanY + slope * (x - meanX)
      const half = reach * deviation * Math.sqrt(1 / n + (x - meanX) ** 2 / spread)
      return { value, low: value - half, high: value + half }
    },
  }
}
