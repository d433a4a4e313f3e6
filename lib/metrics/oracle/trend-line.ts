export interface Line {
  /** Height of the line with its 95 % interval. */
  at(x: number): { readonly value: number; readonly low: number; readonly high: number }
}

/** The line of least squares, from its normal equations, and how sure its height is (Student's t). */
export function lineThrough(
  points: readonly (readonly [x: number, y: number])[],
  reachOf: (freedom: number) => number = studentReach,
): Line {
  const n = points.length
  const [origin] = points[0] ?? [0, 0]
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0]
  for (const [day, y] of points) {
    const x = day - origin
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
  }
  const determinant = n * sxx - sx * sx
  const slope = (n * sxy - sx * sy) / determinant
  const base = (sy - slope * sx) / n
  let residual = 0
  for (const [day, y] of points) residual += (y - base - slope * (day - origin)) ** 2
  const reach = reachOf(n - 2) * Math.sqrt(residual / (n - 2))
  return {
    at: (day) => {
      const x = day - origin
      const value = base + slope * x
      const half = reach * Math.sqrt((sxx - 2 * x * sx + n * x * x) / determinant)
      return { value, low: value - half, high: value + half }
    },
  }
}

const REACHES = new Map<number, number>()

/** How far 95 % of Student's distribution lie around 0: its density added up in small steps until they are reached. */
function studentReach(freedom: number): number {
  const known = REACHES.get(freedom)
  if (known !== undefined) return known
  const density = (t: number) => (1 + (t * t) / freedom) ** (-(freedom + 1) / 2)
  // With t = tan u the whole line becomes an interval.
  const part = (u: number) => density(Math.tan(u)) / Math.cos(u) ** 2
  const steps = 200_000
  const width = Math.PI / 2 / steps
  let whole = 0
  for (let step = 0; step < steps; step++) whole += part((step + 0.5) * width)
  let sum = 0
  let step = 0
  while (sum < 0.95 * whole) sum += part((step++ + 0.5) * width)
  const reach = Math.tan(step * width)
  REACHES.set(freedom, reach)
  return reach
}
