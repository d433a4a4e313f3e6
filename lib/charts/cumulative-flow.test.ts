import { describe, expect, it } from 'vitest'
import { cumulativeFlow, flowReadings, pickBand } from './cumulative-flow'
import { LIGHT_CONTEXT, ms, rows, STAGES, seriesOf, tipText } from './testing/fixture'

const columns = rows(
  ['day_on', 'stage_id', 'reached_count', 'behind_count', 'removed_count'],
  [
    ['2026-03-02', 'new', 4, 0, 0],
    ['2026-03-02', 'work', 2, 0, 0],
    ['2026-03-02', 'done', 0, 0, 0],
    ['2026-03-03', 'new', 7, 0, 1],
    ['2026-03-03', 'work', 5, 1, 0],
    ['2026-03-03', 'done', 4, 1, 0],
  ],
)
const input = { columns, stages: STAGES, weekend: [6, 7], annotations: [] }
const option = cumulativeFlow(input, LIGHT_CONTEXT)
const series = seriesOf(option)

/** The first hatched polygon, in values. */
function outline(id: string): unknown {
  const renderItem = series.get(id)?.renderItem as (params: object, api: object) => { shape: { points: unknown } }
  return renderItem({ dataIndex: 0 }, { coord: (corner: unknown) => corner }).shape.points
}

describe('cumulativeFlow', () => {
  it('draws one line per stage, the last stage in front', () => {
    expect([...(series.get('stage:new')?.data ?? [])]).toEqual([ms('2026-03-02'), 4, ms('2026-03-03'), 7])
    expect(Number(series.get('stage:done')?.z)).toBeGreaterThan(Number(series.get('stage:new')?.z))
  })

  it('hatches only stages with items behind their mark', () => {
    expect(series.has('behind:new')).toBe(false)
    expect(outline('behind:work')).toEqual([
      [ms('2026-03-02'), 2],
      [ms('2026-03-03'), 5],
      [ms('2026-03-03'), 4],
      [ms('2026-03-02'), 2],
    ])
  })

  it('reads WIP upward and the average flow time to the left', () => {
    const text = tipText(option, [{ dataIndex: 1 }])
    expect(text).toContain('New 2 items')
    expect(text).toContain('In work 1 item')
    expect(text).toContain('In progress (vertical) 4 items')
    expect(text).toContain('≈ 2 days')
    expect(text).toContain('1 removed item still stand')
  })

  it('finds the band under the pointer', () => {
    expect(pickBand(input, { x: ms('2026-03-03'), y: 4.5 }, LIGHT_CONTEXT.format)?.params).toEqual({ onDay: '2026-03-03', stageId: 'work' })
    expect(pickBand(input, { x: ms('2026-03-03'), y: 6 }, LIGHT_CONTEXT.format)?.params).toEqual({ onDay: '2026-03-03', stageId: 'new' })
    expect(pickBand(input, { x: ms('2026-03-03'), y: 8 }, LIGHT_CONTEXT.format)).toBeUndefined()
    expect(pickBand(input, { x: ms('2026-04-03'), y: 1 }, LIGHT_CONTEXT.format)).toBeUndefined()
  })

  it('draws both measures at the day under the pointer', () => {
    const readings = flowReadings(input)
    expect(readings(ms('2026-03-03'))).toEqual([
      { from: [ms('2026-03-03'), 4], to: [ms('2026-03-03'), 7] },
      { from: [ms('2026-03-02'), 4], to: [ms('2026-03-03'), 4] },
    ])
    expect(readings(ms('2027-03-03'))).toEqual([])
  })

  it('says where the axis starts when it does not start at zero', () => {
    const high = rows(
      ['day_on', 'stage_id', 'reached_count', 'behind_count'],
      STAGES.map((stage, i) => ['2026-03-02', stage.id, 1000 - i, 0]),
    )
    expect(cumulativeFlow({ columns: high, stages: STAGES }, LIGHT_CONTEXT).yAxis).toMatchObject({
      min: 998,
      name: 'items, cumulative · axis starts at 998',
    })
    expect(option.yAxis).toMatchObject({ min: 0, name: 'items, cumulative' })
  })

  it('survives an answer without rows', () => {
    const empty = rows(['day_on', 'stage_id', 'reached_count', 'behind_count'], [])
    expect(() => cumulativeFlow({ columns: empty, stages: STAGES }, LIGHT_CONTEXT)).not.toThrow()
  })
})
