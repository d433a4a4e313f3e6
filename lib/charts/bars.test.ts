import { describe, expect, it } from 'vitest'
import { occupancy, pickSegment, sampling } from './occupancy'
import { LIGHT_CONTEXT, rows, STAGES, seriesOf, tipText } from './testing/fixture'
import { pickPeriod, throughput } from './throughput'

describe('throughput', () => {
  const columns = rows(
    ['period_on', 'item_count', 'partial'],
    [
      ['2026-03-02', 3, true],
      ['2026-03-09', 5, false],
    ],
  )
  const option = throughput({ columns, grain: 'week' }, LIGHT_CONTEXT)

  it('starts its bars at zero and hatches partial periods', () => {
    expect(option.yAxis).toMatchObject({ min: 0 })
    const data = seriesOf(option).get('throughput')?.data
    expect(data?.[0]).toMatchObject({ value: 3, itemStyle: { decal: expect.anything() } })
    expect(data?.[1]).toEqual({ value: 5, itemStyle: { color: LIGHT_CONTEXT.theme.palette.accent } })
  })

  it('says that a period is partial', () => {
    expect(tipText(option, [{ dataIndex: 0 }])).toContain('Only a part of this week')
    expect(tipText(option, [{ dataIndex: 1 }])).toContain('Finished 5 items')
  })

  it('leads to the items of the half-open period', () => {
    expect(pickPeriod({ columns, grain: 'week' }, { x: 1, y: 2 }, LIGHT_CONTEXT.format)?.params).toEqual({
      from: '2026-03-09',
      to: '2026-03-16',
      status: 'finished',
    })
    expect(pickPeriod({ columns, grain: 'week' }, { x: 7, y: 2 }, LIGHT_CONTEXT.format)).toBeUndefined()
  })
})

describe('occupancy', () => {
  const columns = rows(
    ['day_on', 'stage_id', 'item_count'],
    [
      ['2026-03-02', 'new', 2],
      ['2026-03-02', 'work', 3],
      ['2026-03-02', 'done', 50],
      ['2026-03-02', 'unmapped', 1],
    ],
  )
  const input = { columns, stages: STAGES }

  it('stacks unfinished stages, the first on top, and shows what is not mapped', () => {
    const series = [...seriesOf(occupancy(input, LIGHT_CONTEXT)).keys()]
    expect(series).toEqual(['stage:unmapped', 'stage:work', 'stage:new'])
  })

  it('finds the segment under the pointer', () => {
    expect(pickSegment(input, { x: 0, y: 0.5 }, LIGHT_CONTEXT.format)?.params).toEqual({ onDay: '2026-03-02', stageId: 'unmapped' })
    expect(pickSegment(input, { x: 0, y: 3.9 }, LIGHT_CONTEXT.format)?.params).toEqual({ onDay: '2026-03-02', stageId: 'work' })
    expect(pickSegment(input, { x: 0, y: 6 }, LIGHT_CONTEXT.format)?.params).toEqual({ onDay: '2026-03-02', stageId: 'new' })
    expect(pickSegment(input, { x: 0, y: 6.1 }, LIGHT_CONTEXT.format)).toBeUndefined()
  })

  it('shows fewer days of a longer window', () => {
    expect(sampling([0, 61])).toBe('day')
    expect(sampling([0, 400])).toBe('week')
    expect(sampling([0, 1100])).toBe('month')
  })
})
