import { describe, expect, it } from 'vitest'
import type { ColumnValue } from '@/lib/model/columns'
import { agingDensityOf } from './aging-density'
import { agingWork, pickAging } from './aging-work'
import { LIGHT_CONTEXT, rows, STAGES, seriesOf, tipText } from './testing/fixture'
import { unfinishedVerdict } from './unfinished'
import { agingVerdict } from './verdicts'

const { format, theme } = LIGHT_CONTEXT
const NAMES = [
  ...['kind', 'stage_id', 'age_from', 'age_to', 'item_count', 'point_count', 'blocked_count', 'old_count', 'late_count', 'likely_count'],
  ...['item_id', 'key', 'title', 'age_days', 'percentile_rank', 'miss_risk_ratio', 'blocked'],
]

/** An item as a point; in the presence of cells it is counted by one. */
function point(id: number, stage: string, age: number, { risk = 0.1, blocked = false, adds = 1 }): ColumnValue[] {
  const counts = [adds, 1, blocked ? adds : 0, adds, age > 19 ? adds : 0, risk > 0.5 ? adds : 0]
  return ['point', stage, age, age + 1, ...counts, String(id), `K-${id}`, '', age, 96, risk, blocked]
}

function cell(
  stage: string,
  ages: readonly [number, number],
  counts: readonly [items: number, points: number, likely: number],
): ColumnValue[] {
  const [items, points, likely] = counts
  return ['cell', stage, ...ages, items, points, 3, 2, 1, likely, null, null, null, null, null, null, null]
}

const pace = rows(
  ['stage_id', 'percentile', 'age_days'],
  [
    ['work', 85, 9],
    ['work', 50, 4],
  ],
)

describe('few unfinished items', () => {
  const items = Array.from({ length: 12 }, (_, i) =>
    point(i, i < 6 ? 'new' : 'work', 20 - i, { risk: i === 0 ? 0.9 : 0.1, blocked: i === 1 }),
  )
  const input = { columns: rows(NAMES, items), pace, stages: STAGES }
  const option = agingWork(input, LIGHT_CONTEXT)
  const dots = seriesOf(option).get('dots')?.data as { label: { show: boolean }; itemStyle: { borderWidth: number; color: string } }[]

  it('are dots: the ten oldest named, likely misses filled, blocked ones ringed', () => {
    expect(dots.filter((dot) => dot.label.show)).toHaveLength(10)
    expect(dots[0]?.itemStyle.color).toBe(theme.palette.worse)
    expect(dots[1]?.itemStyle.borderWidth).toBe(2)
    expect(dots[2]?.itemStyle.borderWidth).toBeLessThan(2)
    expect(seriesOf(option).has('cells')).toBe(false)
  })

  it('are named on a phone only where a name hides nothing', () => {
    const phone = { ...LIGHT_CONTEXT, narrow: true, width: 320 }
    const crowd = Array.from({ length: 40 }, (_, i) => point(i, 'work', 30, {}))
    const crowded = agingWork({ columns: rows(NAMES, [point(99, 'new', 60, {}), ...crowd]), stages: STAGES }, phone)
    const labels = (seriesOf(crowded).get('dots')?.data ?? []).map((dot) => (dot as { label: { position?: string } }).label.position)
    expect(labels[0]).toBe('right')
    expect(new Set(labels.slice(1))).toEqual(new Set([undefined, 'top']))
    expect(labels.filter(Boolean).length).toBeLessThan(6)
  })

  it('stand in columns that share all of the width: the ends of the axis keep no room for names', () => {
    expect((option.xAxis as { axisLabel: object }).axisLabel).toMatchObject({ showMinLabel: false, showMaxLabel: false })
  })

  it('stand over bands of pace, from the lowest percentile up', () => {
    expect(seriesOf(option).get('pace')?.data).toEqual([
      [1, 0, 4, 50, 0],
      [1, 4, 9, 85, 1],
    ])
  })

  it('tell the risk and lead to the item', () => {
    expect(tipText(option, { dataIndex: 0 })).toContain('Risk of missing the SLE 90 %')
    expect(pickAging(input, { x: 0, y: 0, seriesId: 'dots', dataIndex: 3 }, format)).toEqual({ row: 3 })
  })

  it('are added up', () => {
    const density = agingDensityOf(input.columns)
    expect([density.total, density.oldest, density.byStage.get('new')]).toEqual([12, 20, 6])
    expect(agingVerdict(density, format)).toBe('12 items are past 95 % of similar ones: look at them first. 1 item is blocked.')
    expect(unfinishedVerdict(density, format)).toContain('The oldest of 12 items is 20 days old.')
  })
})

describe('many unfinished items', () => {
  const input = {
    columns: rows(NAMES, [
      cell('new', [1, 4], [90, 0, 0]),
      cell('work', [4, 7], [40, 0, 30]),
      cell('unmapped', [7, 8], [1, 1, 1]),
      point(7, 'unmapped', 7, { adds: 0 }),
    ]),
    stages: STAGES,
  }
  const option = agingWork(input, LIGHT_CONTEXT)

  it('are cells in the columns of their stages, but for those that are all drawn as dots', () => {
    expect(seriesOf(option).get('cells')?.data).toEqual([
      [0, 0.5, 3.5, 90, 0],
      [1, 3.5, 6.5, 40, 1],
    ])
    expect(seriesOf(option).get('dots')?.data).toHaveLength(1)
    const label = (option.xAxis as { axisLabel: { formatter: (value: number) => string } }).axisLabel.formatter
    expect([0, 1, 2].map(label)).toEqual(['New\n90 items', 'In work\n40 items', 'Not mapped\n1 item'])
  })

  it('tell what a cell counts and lead to these items', () => {
    expect(tipText(option, { seriesId: 'cells', dataIndex: 1 })).toBe(
      'In work Age 4 – 6 days 40 items Likely to miss the SLE 30 Blocked 3 Click for the items.',
    )
    expect(pickAging(input, { x: 0, y: 0, seriesId: 'cells', dataIndex: 1 }, format)).toEqual({
      title: 'In work: 4 – 6 days old',
      params: { status: 'in_progress', stageId: 'work', ageFrom: '4', ageTo: '7' },
    })
    expect(pickAging(input, { x: 0, y: 0, seriesId: 'dots', dataIndex: 0 }, format)).toEqual({ row: 3 })
    expect(pickAging(input, { x: 0, y: 0 }, format)).toBeUndefined()
  })

  it('are opened by a click into the gap between two of them, but not beside their column', () => {
    const at = (x: number, y: number) => (pickAging(input, { x, y }, format) as { title: string } | undefined)?.title
    expect([at(0.29, 0.5), at(0, 3.49), at(0.71, 3.5), at(1, 6.49)]).toEqual([
      'New: 1 – 3 days old',
      'New: 1 – 3 days old',
      'In work: 4 – 6 days old',
      'In work: 4 – 6 days old',
    ])
    expect([at(0.31, 2), at(0, 3.5), at(1, 3.49), at(1, 6.5), at(7, 2)]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('are added up without those that cells count already', () => {
    const density = agingDensityOf(input.columns)
    expect([density.total, density.old, density.blocked, density.most]).toEqual([131, 6, 9, 90])
    expect(unfinishedVerdict(density, format, { percentile: 85, days: 20 })).toBe(
      '3 of 131 items are past the expectation of 20 days; 28 more are likelier than not to miss it.',
    )
  })
})
