/**
 * Which of many p-values are discoveries when at most a share `q` of the discoveries may be false; in the order given.
 * @see Benjamini & Hochberg 1995
 */
export function benjaminiHochberg(pValues: readonly number[], q = 0.05): boolean[] {
  const sorted = pValues.toSorted((a, b) => a - b)
  let threshold = -1
  sorted.forEach((p, index) => {
    if (p <= ((index + 1) / sorted.length) * q) threshold = p
  })
  return pValues.map((p) => p <= threshold)
}
