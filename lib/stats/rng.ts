import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

const SCALE_26 = 2 ** -26
const SCALE_53 = 2 ** -53
const MAX_POISSON_PRODUCT = 30

/**
 * A seeded source of random numbers. `split` derives a child from the seed and a key, never from what was drawn so far:
 * another draw in one place leaves all other places as they were.
 */
export class Rng {
  readonly #high: number
  readonly #low: number
  readonly #generator: { next(): number }

  private constructor(high: number, low: number) {
    this.#high = high
    this.#low = low
    this.#generator = xoroshiro128plusFromState([
      mix(high ^ 0x9e3779b9),
      mix(low ^ 0x7f4a7c15),
      mix(high + 0x85ebca6b),
      mix(low + 0xc2b2ae35) | 1,
    ])
  }

  static of(seed: number | string): Rng {
    return new Rng(0x243f6a88, 0x13198a2e).split(seed)
  }

  /** An independent source for the keys; the same keys give the same source. */
  split(...keys: readonly (number | string)[]): Rng {
    let high = this.#high
    let low = this.#low
    for (const key of keys) {
      if (typeof key === 'string') {
        for (let at = 0; at < key.length; at++) {
          high = mix(high ^ key.charCodeAt(at))
          low = mix(Math.imul(low ^ key.charCodeAt(at), 0x01000193))
        }
      } else {
        high = mix(high ^ (key | 0) ^ Math.floor(key / 4294967296))
        low = mix(low + Math.imul(key | 0, 0x9e3779b1) + (Math.floor(key * 4096) | 0))
      }
      high = mix(high + 0x6a09e667)
      low = mix(low ^ high)
    }
    return new Rng(high, low)
  }

  /** In [0, 1), 53 random bits. */
  uniform(): number {
    return (this.#generator.next() >>> 6) * SCALE_26 + (this.#generator.next() >>> 5) * SCALE_53
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** An integer in [0, count). */
  int(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform())
  }

  /** Standard normal (Box and Muller 1958, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** `sigma` is the standard deviation of the logarithm; the mean is median · exp(sigma² / 2). */
  lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal())
  }

  /** Sum of `k` exponentials whose sum has the given mean. */
  erlang(k: number, mean: number): number {
    let product = 1
    for (let stage = 0; stage < k; stage++) product *= 1 - this.uniform()
    return (-mean / k) * Math.log(product)
  }

  /** Marsaglia and Tsang (2000); mean = shape · scale. */
  gamma(shape: number, scale: number): number {
    if (shape < 1) return this.gamma(shape + 1, scale) * (1 - this.uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale
    }
  }

  /** Knuth's product for small means, halves added up for large ones. */
  poisson(mean: number): number {
    if (mean > MAX_POISSON_PRODUCT) return this.poisson(mean / 2) + this.poisson(mean / 2)
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++
    return count
  }

  /** One of the list. Throws RangeError on an empty one. */
  pick<T>(list: readonly T[]): T {
    const found = list[this.int(list.length)]
    if (found === undefined) throw new RangeError('pick from an empty list')
    return found
  }

  /** One of the pairs' values, by weight (any positive scale). Throws RangeError without a positive weight. */
  pickWeighted<T>(choices: readonly (readonly [T, number])[]): T {
    let total = 0
    for (const [, weight] of choices) total += weight
    let left = this.uniform() * total
    let last: readonly [T, number] | undefined
    for (const choice of choices) {
      if (choice[1] <= 0) continue
      last = choice
      left -= choice[1]
      if (left < 0) break
    }
    if (!last) throw new RangeError('no choice has a positive weight')
    return last[0]
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let at = copy.length - 1; at > 0; at--) {
      const other = this.int(at + 1)
      const held = copy[at] as T
      copy[at] = copy[other] as T
      copy[other] = held
    }
    return copy
  }
}

/** Finaliser of MurmurHash3 (32 bits): every input bit moves every output bit. */
function mix(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
