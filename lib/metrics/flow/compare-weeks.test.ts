import { describe, expect, it } from 'vitest'
import { Rng } from '@/lib/stats/rng'
import { type SteadySlice, simulateWeeks } from '@/lib/testing/steady-weeks'
import { compareWeeks, type TwoPeriods } from './compare-weeks'
import { itemsPerWeek, percentileOfWeeks } from './weeks'

const LONG = Boolean(process.env.LONG_RUN)
const PORTFOLIOS = LONG ? 1000 : 200
const TIMEOUT = 600_000
const WEEKS = [8, 13, 26, 52]
const SEED = 20
const FIGURES: readonly (readonly [string, number | undefined])[] = [
  ['flow time, 85th percentile', 85],
  ['throughput', undefined],
]

describe(`verdicts on ${PORTFOLIOS} simulated portfolios (seed ${SEED})`, () => {
  it.each(FIGURES)(
    '%s: without any change at most 5 % say signal, each slice by itself',
    (name, percentile) => {
      const rate = signalRate(PORTFOLIOS, percentile, 1)
      report(`${name}: no change`, rate)
      expect(rate.signals / rate.verdicts).toBeLessThanOrEqual(0.05 + (LONG ? 0 : 0.02))
    },
    TIMEOUT,
  )

  it.each(FIGURES)(
    '%s: without any change, five slices judged together',
    (name, percentile) => {
      const rate = signalRate(LONG ? PORTFOLIOS : PORTFOLIOS / 10, percentile, 5)
      report(`${name}: no change, five slices together`, rate)
      expect(rate.signals / rate.verdicts).toBeLessThanOrEqual(0.05)
    },
    TIMEOUT,
  )

  it.each(FIGURES)(
    '%s: a real change is found more often the larger it is',
    (name, percentile) => {
      const found = [0.8, 0.65].map((factor) => {
        const rate = signalRate(PORTFOLIOS / 5, percentile, 1, { factor, weeks: [26] })
        for (const weeks of LONG ? WEEKS : [])
          report(`${name}: ×${factor}, ${weeks} weeks`, signalRate(200, percentile, 1, { factor, weeks: [weeks] }))
        report(`${name}: ×${factor}, 26 weeks before and after`, rate)
        return rate.signals / rate.verdicts
      })
      expect(found[1] ?? 0).toBeGreaterThan(0.5)
      expect(found[1] ?? 0).toBeGreaterThan(found[0] ?? 1)
    },
    TIMEOUT,
  )
})

describe('compareWeeks', () => {
  const slice: SteadySlice = { rate: 8, correlation: 0.3, wobble: 0.2, median: 8, spread: 0.8 }
  const weeks = simulateWeeks(slice, 40, Rng.of(3), { at: 20, length: 0.4, rate: 1 })
  const two: TwoPeriods = { group: 'a', before: weeks.slice(0, 20), after: weeks.slice(20) }

  it('gives the same interval for the same seed, another one for another', () => {
    expect(compareWeeks([two], 85, 1)).toEqual(compareWeeks([two], 85, 1))
    expect(compareWeeks([two], 85, 2)[0]?.interval?.low).not.toBe(compareWeeks([two], 85, 1)[0]?.interval?.low)
  })

  it('says signal exactly when the interval of a single slice leaves out no change', () => {
    for (const percentile of [50, 85, undefined]) {
      const [one] = compareWeeks([two], percentile, 1)
      const interval = one?.interval
      expect(one?.verdict === 'signal').toBe(interval !== undefined && (interval.low > 0 || interval.high < 0))
    }
  })

  it('needs eleven items and six weeks on both sides', () => {
    expect(compareWeeks([{ ...two, before: two.before.slice(0, 5) }], 85, 1)[0]).toMatchObject({ verdict: 'too little data' })
    const few = Array.from({ length: 20 }, () => new Map<number, number>())
    expect(compareWeeks([{ ...two, after: [new Map([[3, 10]]), ...few] }], 85, 1)[0]).toMatchObject({
      verdict: 'too little data',
      nAfter: 10,
    })
  })
})

describe('figures of weeks', () => {
  const weeks = [
    new Map([
      [1, 2],
      [5, 1],
    ]),
    new Map([[2, 1]]),
    new Map<number, number>(),
  ]

  it('is the nearest rank of all lengths, weeks drawn twice included', () => {
    const p50 = percentileOfWeeks(weeks, 50)
    expect(p50.of(weeks)).toBe(1)
    expect(percentileOfWeeks(weeks, 85).of(weeks)).toBe(5)
    expect(p50.of([weeks[1], weeks[1], weeks[0]].filter((week) => week !== undefined))).toBe(2)
    expect(p50.of(weeks.slice(2))).toBeUndefined()
    expect(itemsPerWeek(weeks).of(weeks)).toBe(4 / 3)
  })

  it('has scores that tell which weeks pull it up', () => {
    const [first = 0, second = 0, empty] = percentileOfWeeks(weeks, 50).scores(weeks)
    expect([first, second, empty]).toEqual([1 - 1.5, 1 - 0.5, 0])
    expect(itemsPerWeek(weeks).scores(weeks)).toEqual([3, 1, 0])
  })
})

interface Rate {
  readonly verdicts: number
  readonly signals: number
}

/** Portfolios of every size, steadiness and correlation; what is asked is never too little to say anything. */
function signalRate(
  portfolios: number,
  percentile: number | undefined,
  slicesEach: number,
  real: { factor: number; weeks: readonly number[] } = { factor: 1, weeks: WEEKS },
): Rate {
  let [verdicts, signals] = [0, 0]
  for (let index = 0; index < portfolios; index++) {
    const rng = Rng.of(SEED).split('portfolio', index)
    const length = real.weeks[index % real.weeks.length] ?? 26
    const slices = Array.from({ length: slicesEach }, (_, at): TwoPeriods => {
      const own = rng.split(at)
      const slice = {
        rate: own.between(4, 20),
        correlation: own.between(0, 0.6),
        wobble: own.between(0.1, 0.3),
        median: own.between(3, 20),
        spread: own.between(0.5, 1),
      }
      const weeks = simulateWeeks(slice, 2 * length, own.split('weeks'), { at: length, length: real.factor, rate: real.factor })
      return { group: String(at), before: weeks.slice(0, length), after: weeks.slice(length) }
    })
    for (const { verdict } of compareWeeks(slices, percentile, index)) {
      if (verdict === 'too little data') continue
      verdicts++
      if (verdict === 'signal') signals++
    }
  }
  return { verdicts, signals }
}

function report(what: string, { signals, verdicts }: Rate): void {
  if (LONG) process.stdout.write(`${what}: ${signals} of ${verdicts} say signal (${((100 * signals) / verdicts).toFixed(1)} %)\n`)
}
