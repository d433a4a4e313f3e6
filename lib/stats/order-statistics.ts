/** Ranks, 1-based, of the order statistics that bound a percentile; absent where the sample does not reach that far. */
export interface RankInterval {
  readonly low?: number
  readonly high?: number
}

/**
 * Distribution-free confidence interval for a percentile: ranks l < u with P(l ≤ B < u) ≥ confidence for B ~ Binomial(n, p),
 * at most (1 − confidence) / 2 in either tail. @see David & Nagaraja, Order Statistics, section 7.1
 */
export function percentileInterval(n: number, percentile: number, confidence = 0.95): RankInterval {
  const tail = (1 - confidence) / 2
  const [low, most] = binomialQuantiles(n, percentile / 100, tail, 1 - tail)
  return { low: low >= 1 ? low : undefined, high: most < n ? most + 1 : undefined }
}

const WIDEST = 9

/**
 * For each of two shares, ascending, the smallest k with P(B ≤ k) > share for B ~ Binomial(n, p), 0 < p < 1; sums the exact probabilities
 * around the mean. All of it in one function's own variables: numbers shared with an inner function are allocated anew at each step.
 */
function binomialQuantiles(n: number, p: number, lower: number, upper: number): [number, number] {
  const reach = Math.ceil(WIDEST * Math.sqrt(n * p * (1 - p))) + WIDEST
  const mean = Math.floor(n * p)
  const first = Math.max(0, mean - reach)
  const last = Math.min(n, mean + reach)
  const odds = p / (1 - p)
  let probability = Math.exp(logBinomial(n, first) + first * Math.log(p) + (n - first) * Math.log1p(-p))
  let sum = probability
  let k = first
  let atLower = last
  while (sum <= upper && k < last) {
    if (sum > lower && k < atLower) atLower = k
    probability *= ((n - k) / (k + 1)) * odds
    k++
    sum += probability
  }
  return [Math.min(atLower, k), k]
}

function logBinomial(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

/** ln n!, exact summation for small n, Stirling's series above (relative error below 1e-12). */
function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0
    for (let k = 2; k <= n; k++) sum += Math.log(k)
    return sum
  }
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
}
