/** Above it a series of weeks says next to nothing of its mean. */
const HIGHEST = 0.8
/** How much of a correlation is left one step further on, at least: noise within a week hides how long its level lasts. */
const PERSISTENCE = 0.5

/**
 * First-order autocorrelation of several series about their own means, between 0 and 0.8, told rather too high than too low: the bias
 * of short series is added back (Kendall 1954: the estimate falls short by (1 + 3ρ) ÷ n), and half a standard error (Bartlett 1946).
 */
export function firstAutocorrelation(...many: readonly (readonly number[])[]): number {
  let [products, squares, n] = [0, 0, 0]
  for (const series of many) {
    const mean = series.reduce((sum, value) => sum + value, 0) / series.length
    series.forEach((value, index) => {
      squares += (value - mean) ** 2
      const next = series[index + 1]
      if (next !== undefined) products += (value - mean) * (next - mean)
    })
    n += series.length
  }
  if (squares === 0) return 0
  const length = n / many.length
  const found = (products / squares) * (length / (length - 1))
  const corrected = Math.max(0, (found * length + 1) / Math.max(1, length - 3))
  return Math.min(HIGHEST, corrected + 0.5 * Math.sqrt(Math.max(0, 1 - corrected ** 2) / n))
}

/** By how much correlation widens the variance of a long mean: 1 + 2 Σ ρₖ. With a first correlation above a half this is AR(1). */
export function varianceInflation(correlation: number): number {
  return 1 + (2 * correlation) / (1 - Math.max(correlation, PERSISTENCE))
}

/** The part of `varianceInflation` that a bootstrap by blocks of a length sees by itself: 1 + 2 Σ (1 − k ÷ length) ρₖ. */
export function inflationInBlocks(correlation: number, length: number): number {
  const persistence = Math.max(correlation, PERSISTENCE)
  let sum = 1
  for (let lag = 1; lag < length; lag++) sum += 2 * (1 - lag / length) * correlation * persistence ** (lag - 1)
  return sum
}
