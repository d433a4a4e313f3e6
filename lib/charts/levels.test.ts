import { describe, expect, it } from 'vitest'
import type { Kpi } from '@/lib/model/kpi'
import { kpiOutlook, kpiTrend, kpiVerdict } from './kpi-trend'
import { sparkline } from './sparkline'
import { LIGHT_CONTEXT, ms, rows, seriesOf } from './testing/fixture'
import { pickDay, wip } from './wip'

describe('wip', () => {
  const columns = rows(
    ['day_on', 'item_count', 'total_age_days', 'flow_debt_days'],
    [
      ['2026-03-02', 2, 10, 1],
      ['2026-03-03', 0, 0, 0],
    ],
  )

  it('draws the limit and leaves room for it', () => {
    const option = wip({ columns, measure: 'count', limit: 10 }, LIGHT_CONTEXT)
    expect(option.yAxis).toMatchObject({ min: 0, max: 11 })
    expect(seriesOf(option).get('wip')?.markLine?.data[0]).toMatchObject({ name: 'limit 10', yAxis: 10 })
  })

  it('has no mean age on a day without items: a gap, not a zero', () => {
    const series = seriesOf(wip({ columns, measure: 'age' }, LIGHT_CONTEXT)).get('wip')
    expect(series?.data).toEqual([
      [ms('2026-03-02'), 5],
      [ms('2026-03-03'), null],
    ])
  })

  it('leads to the open items of the day', () => {
    expect(pickDay({ columns, measure: 'count' }, { x: ms('2026-03-03') + 1000, y: 0 }, LIGHT_CONTEXT.format)?.params).toEqual({
      onDay: '2026-03-03',
      status: 'in_progress',
    })
  })
})

describe('kpiTrend', () => {
  const kpi: Kpi = {
    kind: 'series',
    id: 'csat',
    goal: 'g',
    area: 'current-value',
    name: 'Satisfaction',
    unit: 'score',
    direction: 'higher',
    baseline: 3.9,
    target: 4.5,
    series: [],
  }
  const columns = rows(
    ['period_on', 'value', 'low', 'high', 'n', 'target_path', 'status', 'explanation'],
    [
      ['2026-01-01', 3.9, 3.8, 4, 30, 3.9, 'no evidence', ''],
      ['2026-02-01', null, null, null, 0, 4, 'on track', 'Rising since 2026-02-01.'],
    ],
  )
  const option = kpiTrend({ columns, kpi, due: '2026-12-31' }, LIGHT_CONTEXT)

  it('runs to the due date and shows target and baseline', () => {
    expect(option.xAxis).toMatchObject({ max: ms('2026-12-31') })
    const axis = option.yAxis as { min: number; max: number }
    expect(axis.min).toBeLessThan(3.9)
    expect(axis.max).toBeGreaterThan(4.5)
    expect(seriesOf(option).get('values')?.markLine?.data[0]).toMatchObject({ yAxis: 3.9 })
  })

  it('draws an interval only where there is one', () => {
    expect(seriesOf(option).get('interval')?.data).toEqual([[ms('2026-01-01'), 3.8, 4]])
  })

  it('draws no trend where the status uses none', () => {
    expect(seriesOf(option).has('outlook')).toBe(false)
    expect(kpiOutlook({ columns, kpi, due: '2026-12-31' }, LIGHT_CONTEXT.format)).toBeUndefined()
  })

  it('takes the last status and the last known value', () => {
    expect(kpiVerdict(columns, LIGHT_CONTEXT.format)).toEqual({ status: 'on track', value: 3.9, explanation: 'Rising since 1 Feb 2026.' })
  })
})

describe('sparkline', () => {
  it('leaves a gap for what is missing and marks the last value', () => {
    expect(sparkline([1, null, 3, 2])).toEqual({ path: 'M3 21M63 3L93 12', end: { x: 93, y: 12 } })
  })

  it('is flat in the middle when nothing varies, and empty without values', () => {
    expect(sparkline([5, 5]).path).toBe('M3 12L93 12')
    expect(sparkline([]).end).toBeUndefined()
  })
})
