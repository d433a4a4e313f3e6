/**
 * Quantile of Student's t distribution for 0.5 ≤ p < 1 and at least one degree of freedom; relative error below 1e-3 from 3
 * degrees on, exact for 1 and 2. @see Hill 1970, Algorithm 396, Communications of the ACM 13(10)
 */
export function studentQuantile(p: number, degrees: number): number {
  const tails = 2 * (1 - p)
  if (degrees < 1.5) return 1 / Math.tan((tails * Math.PI) / 2)
  if (degrees < 2.5) return Math.sqrt(2 / (tails * (2 - tails)) - 2)
  const a = 1 / (degrees - 0.5)
  const b = (48 / a) * (1 / a)
  const c = ((20700 * a) / b - 98) * a - 16
  let k = c + 96.36
  const d = ((94.5 / (b + k) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees
  let y = (d * tails) ** (2 / degrees)
  if (y <= 0.05 + a) {
    y =
      ((1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3) + 0.5 / (degrees + 4)) * y - 1) *
        ((degrees + 1) / (degrees + 2)) +
      1 / y
    return Math.sqrt(degrees * y)
  }
  const x = normalQuantile(tails / 2)
  y = x * x
  k = c + (degrees < 5 ? 0.3 * (degrees - 4.5) * (x + 0.6) : 0)
  const e = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + k
  y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / e - y - 3) / b + 1) * x
  y = a * y * y
  return Math.sqrt(degrees * (y > 0.002 ? Math.exp(y) - 1 : 0.5 * y * y + y))
}

const TAIL = 0.02425
const A = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239]
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1]
const C = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783]
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1]

/** Quantile of the standard normal distribution, 0 < p < 1, relative error below 1.2e-9. @see Acklam 2003 */
export function normalQuantile(p: number): number {
  if (p > 1 - TAIL) return -normalQuantile(1 - p)
  if (p < TAIL) {
    const q = Math.sqrt(-2 * Math.log(p))
    return horner(C, q) / horner(D, q)
  }
  const q = p - 0.5
  return (q * horner(A, q * q)) / horner(B, q * q)
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}
