import { describe, expect, it } from 'vitest'
import type { Columns } from '@/lib/model/columns'
import type { Kpi } from '@/lib/model/kpi'
import { kpiOutlook, kpiTrend } from './kpi-trend'
import { LIGHT_CONTEXT, ms, rows, seriesOf } from './testing/fixture'

const kpi: Kpi = {
  ...{ kind: 'series', id: 'p85', goal: 'g', area: 'time-to-market', name: 'Flow time p85', unit: 'd', direction: 'lower' },
  ...{ baseline: 16, target: 12, series: [] },
}
const due = '2026-12-31'
const NAMES = ['period_on', 'value', 'low', 'high', 'n', 'target_path', 'trend_value', 'trend_low', 'trend_high']
const ENDS = ['projected_value', 'projected_low', 'projected_high', 'status']

function answer([value, low, high]: readonly (number | null)[]): Columns {
  const last = [value ?? null, low ?? null, high ?? null, 'on track']
  return rows(
    [...NAMES, ...ENDS],
    [
      // The first row is before the trend, and has no interval.
      ['2026-01-01', 16, null, null, 30, 16, null, null, null, ...last],
      ['2026-02-01', 15, 14, 16, 30, 15.7, 15.1, 14.2, 16, ...last],
      ['2026-03-01', 14.8, 14, 15.5, 30, 15.4, 14.7, 14.1, 15.3, ...last],
    ],
  )
}

const columns = answer([12.3, 10.1, 14.5])
const option = kpiTrend({ columns, kpi, due }, LIGHT_CONTEXT)

function tip(of: ReturnType<typeof kpiTrend>, params: readonly { seriesId: string; dataIndex: number }[]): string {
  return (of.tooltip as { formatter: (params: unknown) => string }).formatter(params)
}

describe('the trend that decides the status', () => {
  it('is drawn from its first point to the due date', () => {
    const render = seriesOf(option).get('outlook')?.renderItem as (params: unknown, api: { coord: (at: number[]) => number[] }) => unknown
    const [from, to, end] = [ms('2026-02-01'), ms('2026-03-01'), ms(due)]
    const band = [
      ...[from, to, end].map((day, index) => [day, [14.2, 14.1, 10.1][index]]),
      ...[end, to, from].map((day, index) => [day, [14.5, 15.3, 16][index]]),
    ]
    const middle = [from, to, end].map((day, index) => [day, [15.1, 14.7, 12.3][index]])
    expect(render({}, { coord: (at) => at })).toMatchObject({ children: [{ shape: { points: band } }, { shape: { points: middle } }] })
    expect(seriesOf(option).get('due')?.data).toEqual([[end, 12.3]])
  })

  it('widens the axis, but a wild one is cut', () => {
    const axis = (of: Columns) => kpiTrend({ columns: of, kpi, due }, LIGHT_CONTEXT).yAxis as { min: number; max: number }
    expect(axis(columns).min).toBeLessThanOrEqual(10.1)
    expect(axis(answer([12.3, -400, 900])).max).toBeLessThan(25)
    expect(axis(answer([12.3, -400, 900])).min).toBeGreaterThanOrEqual(0)
  })

  it('is named under the pointer, on its points and at the due date', () => {
    const sentence = 'If it goes on like this: 12.3 d by 31 Dec 2026, between 10.1 and 14.5.'
    expect(kpiOutlook({ columns, kpi, due }, LIGHT_CONTEXT.format)).toBe(sentence)
    expect(tip(option, [{ seriesId: 'due', dataIndex: 0 }])).toContain(sentence)
    expect(tip(option, [{ seriesId: 'values', dataIndex: 2 }])).toContain(sentence)
    expect(tip(option, [{ seriesId: 'values', dataIndex: 0 }])).not.toContain(sentence)
  })

  it('tells the row of the values, not that of an interval', () => {
    const told = tip(option, [
      { seriesId: 'interval', dataIndex: 0 },
      { seriesId: 'values', dataIndex: 1 },
    ])
    expect(told).toContain('1 Feb 2026')
  })

  it('is absent where nothing is projected', () => {
    const none = answer([null, null, null])
    expect(seriesOf(kpiTrend({ columns: none, kpi, due }, LIGHT_CONTEXT)).has('outlook')).toBe(false)
    expect(kpiOutlook({ columns: none, kpi, due }, LIGHT_CONTEXT.format)).toBeUndefined()
  })
})

it('is cut at zero where no value was ever below it', () => {
  expect(kpiOutlook({ columns: answer([2.9, -1.16, 7]), kpi, due }, LIGHT_CONTEXT.format)).toContain('between 0 and 7')
})
