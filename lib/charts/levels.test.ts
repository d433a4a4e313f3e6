import { describe, expect, it } from 'vitest'
import type { Kpi } from '@/lib/model/kpi'
import { agingWork, pickAgingItem } from './aging-work'
import { kpiOutlook, kpiTrend, kpiVerdict } from './kpi-trend'
import { sparkline } from './sparkline'
import { LIGHT_CONTEXT, ms, rows, STAGES, seriesOf, tipText } from './testing/fixture'
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

describe('agingWork', () => {
  const names = ['item_id', 'key', 'title', 'stage_id', 'age_days', 'percentile_rank', 'miss_risk_ratio', 'blocked']
  const items = Array.from({ length: 12 }, (_, i) => [
    String(i),
    `K-${i}`,
    '',
    i < 6 ? 'new' : 'work',
    20 - i,
    96,
    i === 0 ? 0.9 : 0.1,
    i === 1,
  ])
  const pace = rows(
    ['stage_id', 'percentile', 'age_days'],
    [
      ['work', 85, 9],
      ['work', 50, 4],
    ],
  )
  const option = agingWork({ columns: rows(names, items), pace, stages: STAGES }, LIGHT_CONTEXT)
  const dots = seriesOf(option).get('dots')?.data as { label: { show: boolean }; itemStyle: { borderWidth: number; color: string } }[]

  it('names the ten oldest, fills likely misses and rings blocked ones', () => {
    expect(dots.filter((dot) => dot.label.show)).toHaveLength(10)
    expect(dots[0]?.itemStyle.color).toBe(LIGHT_CONTEXT.theme.palette.worse)
    expect(dots[1]?.itemStyle.borderWidth).toBe(2)
    expect(dots[2]?.itemStyle.borderWidth).toBeLessThan(2)
  })

  it('stacks the bands of pace from the lowest percentile up', () => {
    expect(seriesOf(option).get('pace')?.data).toEqual([
      [1, 0, 4, 50, 0],
      [1, 4, 9, 85, 1],
    ])
  })

  it('tells the risk and leads to the item', () => {
    expect(tipText(option, { dataIndex: 0 })).toContain('Risk of missing the SLE 90 %')
    expect(pickAgingItem({ x: 0, y: 0, seriesId: 'dots', dataIndex: 3 })).toEqual({ row: 3 })
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
