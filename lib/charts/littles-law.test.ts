import { expect, it } from 'vitest'
import { gapText, lawRows, lawVerdict } from './littles-law'
import { LIGHT_CONTEXT, rows } from './testing/fixture'

const NAMES = ['assumption', 'holds', 'evidence', 'residual_ratio']
const law = (holds: boolean, gap: number) =>
  rows(NAMES, [
    ['WIP is the same at both ends', false, '126 items at the beginning, 69 at the end.', 0.45],
    ['mean time = mean WIP ÷ throughput', holds, 'Mean time 19.1 days.', gap],
  ])

it('tells the law before what it rests on', () => {
  expect(lawRows(law(true, 0.001)).map(({ assumption }) => assumption)).toEqual([
    'mean time = mean WIP ÷ throughput',
    'WIP is the same at both ends',
  ])
})

it('says what the gap means', () => {
  expect(lawVerdict(law(true, 0.001), LIGHT_CONTEXT.format)).toContain('agree within 0.1 %; 1 assumption of 1 does not hold.')
  expect(lawVerdict(law(true, 0.0002), LIGHT_CONTEXT.format)).toContain('agree within 0.1 %;')
  expect(lawVerdict(law(false, -0.3), LIGHT_CONTEXT.format)).toContain('30 % shorter')
  expect(lawVerdict(rows(NAMES, [['there is anything to judge', false, 'Nothing finished.', null]]), LIGHT_CONTEXT.format)).toBeUndefined()
})

it('calls no gap nothing that is only rounded to it', () => {
  expect([0.0002, -0.429].map((gap) => gapText(gap, LIGHT_CONTEXT.format))).toEqual(['less than 0.1 %', '42.9 %'])
})
