import { describe, expect, it } from 'vitest'
import { parseDay } from '@/lib/time/day'
import { ALL, investment, investmentColors } from './investment'
import { type InvestmentAnswer, investmentData } from './investment-data'
import { investmentVerdict, pickInvestment, sharesOf } from './investment-text'
import { LIGHT_CONTEXT, rows, seriesOf, tipText } from './testing/fixture'

const day = (text: string) => parseDay(text) ?? 0
const { format, theme } = LIGHT_CONTEXT
const ORDER = ['grow', 'trust']
const NAMES = new Map([
  ['grow', 'Grow'],
  ['trust', 'Trust'],
])
const COUNTS = rows(
  ['period_on', 'item_count', 'group'],
  [
    ['2026-03-01', 2, 'trust'],
    ['2026-04-01', 1, 'trust'],
    ['2026-03-01', 6, 'grow'],
    ['2026-04-01', 3, 'grow'],
    ['2026-03-01', 12, '(none)'],
  ],
)

function answer(over: Partial<InvestmentAnswer> = {}): InvestmentAnswer {
  return {
    columns: COUNTS,
    measure: 'finished',
    by: 'goal',
    grain: 'month',
    order: ORDER,
    nameOf: (value) => NAMES.get(value) ?? value,
    window: [day('2026-03-01'), day('2026-04-15')],
    ...over,
  }
}

const chart = (over: Partial<InvestmentAnswer> = {}) => {
  const data = investmentData(answer(over))
  return { data, option: investment({ data, order: ORDER, time: 'days' }, LIGHT_CONTEXT) }
}

describe('investment', () => {
  const { data, option } = chart()

  it('stacks bars from zero, what serves no goal at the foot and pale', () => {
    expect(option.yAxis).toMatchObject({ min: 0 })
    expect([...seriesOf(option).keys()]).toEqual([ALL, 'none', 'part:grow', 'part:trust'])
    expect(seriesOf(option).get('none')).toMatchObject({ type: 'bar', stack: 'work', data: [{ value: 12 }, { value: 0 }] })
  })

  it('hatches the parts of a period that the window cuts off, and says so', () => {
    expect(data.partial).toEqual([false, true])
    expect(seriesOf(option).get('part:grow')?.data?.[1]).toMatchObject({ itemStyle: { decal: expect.anything() } })
    expect(tipText(option, [{ dataIndex: 1 }])).toContain('Only a part of this month')
    expect(tipText(option, [{ dataIndex: 0 }])).toContain('No goal 12 (60 %)')
  })

  it('gives goals the colour of their place in the portfolio', () => {
    const colors = investmentColors({ data, order: ORDER }, theme.palette)
    expect(colors.get('part:trust')).toBe(theme.palette.slices[1])
    expect(colors.get('none')).toBe(theme.palette.rest)
  })

  it('says how much of the last whole period served no goal', () => {
    expect(investmentVerdict(data, format)).toBe('In Mar 2026 60 % of 20 finished items served no goal. Most of the rest: Grow, 30 %.')
    expect(sharesOf(data).get('none')).toBe(0.5)
  })

  it('leads to the items of a part, or of the whole period, inside the window', () => {
    expect(pickInvestment(data, { x: 1, y: 0, seriesId: 'none', dataIndex: 1 }, format)?.params).toEqual({
      from: '2026-04-01',
      to: '2026-04-15',
      status: 'finished',
      goal: '(none)',
    })
    expect(pickInvestment(data, { x: 0.2, y: 13 }, format)?.params.goal).toBe('grow')
    expect(pickInvestment(data, { x: 0.2, y: 21 }, format)).toEqual({
      title: 'Finished in Mar 2026',
      params: { from: '2026-03-01', to: '2026-04-01', status: 'finished' },
    })
    expect(pickInvestment(data, { x: 9, y: 0 }, format)).toBeUndefined()
  })

  it('says so where a filter by a goal takes in the goals below it', () => {
    const above = investmentData(answer({ parents: new Set(['grow']) }))
    expect(pickInvestment(above, { x: 0, y: 0, seriesId: 'part:grow' }, format)?.title).toBe(
      'Grow and the goals below it: finished in Mar 2026',
    )
  })

  it('puts together what has no colour of its own, but never percentiles', () => {
    const many = rows(
      ['period_on', 'item_count', 'value', 'enough', 'group'],
      Array.from({ length: 13 }, (_, index) => ['2026-03-01', 1, 5, true, `g${String(index).padStart(2, '0')}`]),
    )
    const counts = investmentData(answer({ columns: many }))
    expect(counts.parts).toHaveLength(11)
    expect(counts.parts.at(-1)).toMatchObject({ kind: 'other', label: 'Other goals (3)', figures: [3] })
    const times = investmentData(answer({ columns: many, measure: 'time' }))
    expect(times.parts).toHaveLength(10)
    expect(times.leftOut).toBe(3)
  })
})

describe('investment in progress and time', () => {
  it('takes a level at the last day for what it is', () => {
    const columns = rows(
      ['day_on', 'item_count', 'group'],
      [
        ['2026-03-31', 3, 'feature'],
        ['2026-04-14', 4, 'feature'],
        ['2026-04-14', 1, 'defect'],
      ],
    )
    const { data } = chart({ columns, measure: 'wip', by: 'type' })
    expect(data.partial).toEqual([false, false])
    expect(investmentVerdict(data, format)).toBe(
      'On 14 Apr 2026 the largest part of 5 items in progress was feature 80 %, then defect 20 %.',
    )
    expect(pickInvestment(data, { x: 1, y: 0, seriesId: 'part:defect' }, format)?.params).toEqual({
      onDay: '2026-04-14',
      status: 'in_progress',
      type: 'defect',
    })
  })

  it('leaves a gap where items are too few, and draws lines', () => {
    const columns = rows(
      ['period_on', 'value', 'enough', 'group'],
      [
        ['2026-03-01', 9, true, 'grow'],
        ['2026-03-01', 21, true, '(none)'],
        ['2026-04-01', 2, false, 'grow'],
      ],
    )
    const { data, option } = chart({ columns, measure: 'time' })
    expect(seriesOf(option).get('part:grow')).toMatchObject({ type: 'line', data: [{ value: 9 }, { value: '-' }] })
    expect(investmentVerdict(data, format)).toBe('In Mar 2026 85 % finished within 9 days (Grow) to 21 days (No goal).')
  })
})
