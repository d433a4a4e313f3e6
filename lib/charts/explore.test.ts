import { describe, expect, it } from 'vitest'
import type { ColumnValue } from '@/lib/model/columns'
import { type ExploreInput, exploreChart, formOf } from './explore'
import { changeSentence } from './explore-change'
import { exploreColors } from './explore-colors'
import { narrowed } from './explore-drill'
import { bySplit, exploreData, largest, rangeOf } from './explore-series'
import { type ColumnInfo, measureOf, measuresOf, shapeOf } from './explore-shape'
import { exploreVerdict } from './explore-text'
import { paletteOf } from './palette'
import { LIGHT_CONTEXT, ms, rows, STAGES, seriesOf, tipText } from './testing/fixture'

const info = (name: string, kind: ColumnInfo['kind']): ColumnInfo => ({ name, kind, meaning: name })
const nameOf = (column: string, value: ColumnValue) => (column === 'percentile' ? `p${value}` : String(value ?? 'None'))
const { format } = LIGHT_CONTEXT

const THROUGHPUT = [info('period_on', 'day'), info('item_count', 'int'), info('partial', 'bool'), info('group', 'text')]
const weekly = rows(
  ['period_on', 'item_count', 'partial', 'group'],
  [
    ['2026-03-02', 4, true, 'A'],
    ['2026-03-09', 6, false, 'A'],
    ['2026-03-09', 3, false, 'B'],
  ],
)

function inputOf(over: Partial<ExploreInput> = {}): ExploreInput {
  const shape = shapeOf(THROUGHPUT, weekly)
  const data = exploreData(weekly, shape, 'item_count', nameOf)
  return {
    data,
    shape,
    measure: { column: 'item_count', meaning: 'finished items', unit: 'items', isCount: true, isRatio: false },
    grain: 'week',
    colors: exploreColors(data.series, 'team', { stages: [], fixed: {} }),
    name: 'Throughput',
    ...over,
  }
}

describe('lines of one colour', () => {
  it('are told apart by their dashes, greys too', () => {
    const types = ['Question', 'Task', 'Chore', 'Story', 'feature']
    const columns = rows(
      ['period_on', 'item_count', 'partial', 'group'],
      types.map((type) => ['2026-03-09', 3, false, type]),
    )
    const data = exploreData(columns, shapeOf(THROUGHPUT, columns), 'item_count', nameOf)
    const input = inputOf({ data, colors: exploreColors(data.series, 'type', { stages: [], fixed: {} }) })
    const lines = types.map((type) => seriesOf(exploreChart(input, LIGHT_CONTEXT)).get(JSON.stringify([type]))?.lineStyle as object)
    expect(new Set(lines.map((line) => JSON.stringify(line))).size).toBe(types.length)
    expect(lines.map((line) => 'type' in line)).toEqual([false, true, true, true, false])
  })
})

describe('shapeOf', () => {
  it('puts time across and tells series apart by as few columns as it takes', () => {
    expect(shapeOf(THROUGHPUT, weekly)).toEqual({ x: { column: 'period_on', kind: 'time' }, keys: ['group'], hasItems: false })
    const infos = [info('period_on', 'day'), info('percentile', 'float'), info('value', 'float'), info('group', 'text')]
    const columns = rows(
      ['period_on', 'percentile', 'value', 'group'],
      [
        ['2026-03-02', 50, 3, 'A'],
        ['2026-03-02', 85, 9, 'A'],
      ],
    )
    expect(shapeOf(infos, columns).keys).toEqual(['group', 'percentile'])
    expect(measuresOf(infos).map(({ name }) => name)).toEqual(['value'])
  })

  it('draws the metric’s own figure, else what is in its unit', () => {
    const infos = [info('n', 'int'), { ...info('p50_days', 'float'), unit: 'days' }, info('share_ratio', 'float')]
    const drawn = (asked: { asked?: string; figure?: string; unit: string }) => measureOf(infos, asked)?.name
    expect([drawn({ unit: 'days' }), drawn({ unit: 'ratio' }), drawn({ unit: 'x' })]).toEqual(['p50_days', 'share_ratio', 'n'])
    expect([drawn({ unit: 'days', figure: 'n' }), drawn({ unit: 'days', figure: 'n', asked: 'share_ratio' })]).toEqual(['n', 'share_ratio'])
  })

  it('takes names where there is no time, and nothing where there is one row', () => {
    const stages = rows(['stage_id', 'n'], [['new', 1]])
    expect(shapeOf([info('stage_id', 'text'), info('n', 'int')], stages).x).toEqual({ column: 'stage_id', kind: 'category' })
    expect(shapeOf([info('n', 'int')], rows(['n'], [[1]])).x).toBeUndefined()
  })

  it('draws items over the day of theirs', () => {
    const items = rows(['item_id', 'finished_on', 'span_days', 'type'], [['1', '2026-03-02', 4, 'debt']])
    const infos = [info('item_id', 'text'), info('finished_on', 'day'), info('span_days', 'int'), info('type', 'text')]
    expect(shapeOf(infos, items, 'type')).toEqual({ x: { column: 'finished_on', kind: 'time' }, keys: ['type'], hasItems: true })
  })
})

describe('exploreData', () => {
  it('leaves a gap where there are too few items', () => {
    const columns = rows(
      ['period_on', 'value', 'enough'],
      [
        ['2026-03-02', 5, true],
        ['2026-03-09', 7, false],
      ],
    )
    const infos = [info('period_on', 'day'), info('value', 'float'), info('enough', 'bool')]
    const data = exploreData(columns, shapeOf(infos, columns), 'value', nameOf)
    expect(data.series[0]?.points.map(({ y }) => y)).toEqual([5, null])
  })

  it('parts into small multiples, keeps the largest, knows the range', () => {
    const { data, shape } = inputOf()
    expect(bySplit(data, shape.keys, nameOf).map(({ label, data: part }) => [label, part.series.length])).toEqual([
      ['A', 1],
      ['B', 1],
    ])
    const kept = largest(data, 1)
    expect([kept.data.series.map(({ label }) => label), kept.leftOut]).toEqual([['A'], 1])
    expect(rangeOf([data])).toEqual([3, 6])
    expect(rangeOf([{ ...data, series: [] }])).toBeUndefined()
  })
})

describe('exploreChart', () => {
  it('draws counts per period as bars from zero, partial ones hatched, missing ones as gaps', () => {
    const { data } = inputOf()
    const first = data.series.filter(({ label }) => label === 'A')
    const input = inputOf({ data: { ...data, series: first }, range: [0, 23] })
    expect(formOf(input)).toBe('bars')
    const option = exploreChart(input, LIGHT_CONTEXT)
    expect(option.yAxis).toMatchObject({ min: 0, max: 25 })
    const bars = seriesOf(option).get('["A"]')?.data as { value: number; itemStyle: { decal?: unknown } }[]
    expect(bars.map(({ value }) => value)).toEqual([4, 6])
    expect(bars.map(({ itemStyle }) => itemStyle.decal !== undefined)).toEqual([true, false])
  })

  it('draws several series as lines with their names at the ends, which stop at a part of a period', () => {
    const option = exploreChart(inputOf(), LIGHT_CONTEXT)
    const [a, b] = [seriesOf(option).get('["A"]'), seriesOf(option).get('["B"]')]
    expect([a?.type, b?.type]).toEqual(['line', 'line'])
    expect(a?.data).toEqual([
      [ms('2026-03-02'), null],
      [ms('2026-03-09'), 6],
    ])
    expect(a?.endLabel).toMatchObject({ show: true })
    expect(
      tipText(option, [
        { seriesId: '["A"]', dataIndex: 1 },
        { seriesId: '["B"]', dataIndex: 0 },
      ]),
    ).toContain('A 6 items B 3 items')
  })

  it('has the accent for one series and the fixed colours of stages and types', () => {
    const { data } = inputOf()
    const palette = paletteOf('light')
    const [a] = data.series
    expect(a && exploreColors([a], 'team', { stages: [], fixed: {} })(palette).get(a.id)).toBe(palette.accent)
    const staged = data.series.map((series, index) => ({ ...series, keys: [index ? 'work' : 'new'] }))
    const colors = exploreColors(staged, 'stage_id', { stages: STAGES, fixed: {} })(palette)
    expect([...colors.values()]).toEqual([palette.stages.queue[0], palette.stages.active[0]])
  })
})

describe('narrowed', () => {
  it('asks for the period inside the window and the value of the split', () => {
    const found = narrowed(inputOf(), { x: ms('2026-03-02'), y: 4, seriesId: '["A"]' }, { split: 'team', from: '2026-03-04', format })
    expect(found).toEqual({ title: 'week of 2 Mar 2026, A', params: { from: '2026-03-04', to: '2026-03-09', team: 'A' }, row: 0 })
  })

  it('asks for items without a value by their name for it, and for a stage by its id', () => {
    const columns = rows(['stage_id', 'group', 'n'], [['new', null, 1]])
    const shape = shapeOf([info('stage_id', 'text'), info('group', 'text'), info('n', 'int')], columns)
    const data = exploreData(columns, shape, 'n', nameOf)
    const found = narrowed(inputOf({ data, shape }), { x: 0, y: 0 }, { split: 'dim.product', format })
    expect(found?.params).toEqual({ stageId: 'new', 'dim.product': '(none)' })
  })
})

describe('exploreVerdict', () => {
  it('says what is most and least of whole periods, and claims no difference', () => {
    expect(exploreVerdict(inputOf(), format)).toBe(
      'On average per week most is A (6 items), least B (3 items). Whether they differ by more than noise is not tested.',
    )
  })

  it('compares one percentile alone', () => {
    const columns = rows(
      ['percentile', 'group', 'value'],
      [50, 85, 95].flatMap((p) => ['A', 'B'].map((group, index) => [p, group, p + index])),
    )
    const infos = [info('percentile', 'float'), info('group', 'text'), info('value', 'float'), info('period_on', 'day')]
    const shape = { keys: ['group', 'percentile'], hasItems: false }
    expect(shapeOf(infos, columns).x?.column).toBe('group')
    const data = exploreData(columns, shape, 'value', nameOf)
    expect(exploreVerdict(inputOf({ data, shape }), format)).toContain('most is B · p85 (86 items), least A · p85 (85 items)')
  })
})

describe('changeSentence', () => {
  const names = ['before', 'after', 'effect_ratio', 'low', 'high', 'verdict', 'n_before', 'n_after']
  it('never says more than the test does', () => {
    const columns = rows(names, [
      [26, 23, -0.115, -0.436, 0.387, 'could be noise', 91, 75],
      [26, 13, -0.5, -0.6, -0.4, 'signal', 91, 75],
      [null, 3, null, null, null, 'too little data', 0, 1],
    ])
    const say = (row: number) => changeSentence({ columns, of: 'span', unit: 'days' }, row, format)
    expect(say(0)).toBe('85 % finish within 23 days, 26 days before: −12 % (95 %: −44 % … +39 %). Could be noise.')
    expect(say(1)).toContain('Signal')
    expect(say(2)).toContain('0 items before and 1 item after')
  })
})
