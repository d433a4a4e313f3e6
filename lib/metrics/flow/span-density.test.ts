import { expect, it } from 'vitest'
import type { Question } from '@/lib/metrics/oracle/history'
import { disagreements } from '@/lib/testing/cases'
import { smallItem, smallStream } from '@/lib/testing/small'

const HOUR = 3_600_000
const START = Date.UTC(2024, 0, 1, 6)
const LONG_HOURS = 100 * 24

/** Lengths in hours, most of them short and some within one day of each other. */
const HOURS = Array.from({ length: 60 }, (_, index) => (index < 40 ? 1 + index * 3.25 : 700 + (index - 40) * 29.5))

const items = (hours: readonly number[]) =>
  hours.map((length, index) => {
    const started = START + index * HOUR
    const [from, to] = [started, started + Math.round(length * HOUR)].map((at) => new Date(at).toISOString().slice(0, 19))
    return smallItem(`item-${index}`, `${from} Doing`, `${to} Done`)
  })

const OWN: readonly Readonly<Record<string, string>>[] = [
  { pointsBelow: '0', rows: '6' },
  { pointsBelow: '0', rows: '40', columns: '10', outliers: '1' },
  { pointsBelow: '0', rows: '7', lengthFrom: '0.4', outliers: '0', selected: 'item-3' },
  { pointsBelow: '0', rows: '5', lengthTo: '60' },
  { pointsBelow: '0', rows: '9', scale: 'log' },
]

it.each([
  ['an item takes a hundred days, so that lengths are counted by the day', [...HOURS, LONG_HOURS, LONG_HOURS + 7.5]],
  ['none does', [...HOURS, LONG_HOURS - 0.25]],
])('counts elapsed time as its naive definition does where %s', { timeout: 60_000 }, async (_, hours) => {
  const question: Question = {
    streams: ['long'],
    filters: {},
    span: 'cycle',
    unit: 'elapsed',
    policy: 'first_start_last_finish',
    percentiles: [85],
  }
  const questions = OWN.map((own) => ({ ...question, own }))
  const found = await disagreements([{ streams: [smallStream('long', items(hours))], questions }], ['span-density'])
  expect(found.map(({ lines }) => lines.slice(0, 5))).toEqual([])
})
