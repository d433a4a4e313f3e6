import { expect, it } from 'vitest'
import { binsOf, histogram, pickBin } from './histogram'
import { LIGHT_CONTEXT, rows, seriesOf } from './testing/fixture'

const columns = rows(
  ['days', 'item_count'],
  [
    [1, 4],
    [3, 2],
  ],
)
const percentiles = rows(
  ['percentile', 'value', 'enough'],
  [
    [50, 1, true],
    [95, 3, false],
  ],
)
const input = { columns, percentiles, unit: 'days' as const, sle: { percentile: 85, days: 2 } }

it('keeps empty lengths, and loses no item where bars are wide', () => {
  expect(binsOf(columns).map(({ count }) => count)).toEqual([4, 0, 2])
  const wide = binsOf(
    rows(
      ['days', 'item_count'],
      [
        [1, 4],
        [400, 2],
      ],
    ),
  )
  expect(wide.length).toBeLessThanOrEqual(60)
  expect(wide.reduce((sum, { count }) => sum + count, 0)).toBe(6)
})

it('puts the longest hundredth into one bar, and still leads to all of it', () => {
  const tail = {
    ...input,
    columns: rows(
      ['days', 'item_count'],
      [
        [1, 500],
        [10, 499],
        [400, 2],
      ],
    ),
  }
  const bins = binsOf(tail.columns)
  expect(bins[bins.length - 1]).toEqual({ from: 11, to: 400, count: 2, isOpen: true })
  expect(pickBin(tail, { x: 11, y: 1 }, LIGHT_CONTEXT.format)?.params).toMatchObject({ lengthFrom: '11', lengthTo: '401' })
})

it('marks percentiles of enough items and the expectation', () => {
  const option = histogram(input, LIGHT_CONTEXT)
  expect(option.yAxis).toMatchObject({ min: 0 })
  expect(
    seriesOf(option)
      .get('lengths')
      ?.markLine?.data.map(({ name, xAxis }) => [name, xAxis]),
  ).toEqual([
    ['50 %', 1],
    ['SLE', 2],
  ])
})

it('leads to the items of a bar', () => {
  expect(pickBin(input, { x: 3.2, y: 1 }, LIGHT_CONTEXT.format)?.params).toEqual({ status: 'finished', lengthFrom: '3', lengthTo: '4' })
  expect(pickBin(input, { x: 9, y: 1 }, LIGHT_CONTEXT.format)).toBeUndefined()
})
