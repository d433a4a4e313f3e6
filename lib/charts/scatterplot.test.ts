import { describe, expect, it } from 'vitest'
import { parseDay } from '@/lib/time/day'
import { pickItem, scatterplot } from './scatterplot'
import { LIGHT_CONTEXT, ms, rows, seriesOf, tipText } from './testing/fixture'

const NAMES = ['kind', 'day_from', 'day_to', 'length_from', 'length_to', 'item_count', 'point_count', 'reason', 'item_id', 'key', 'title']
/** Where the drawing library puts lines with their names. */
const NOON = 43_200_000
const day = (text: string) => parseDay(text) ?? 0
const columns = rows(NAMES, [
  ['point', day('2026-03-02'), day('2026-03-03'), 3, 3, 1, 1, 'each', '1', 'A-1', 'Login <fails>'],
  ['point', day('2026-03-05'), day('2026-03-06'), 40, 40, 1, 1, 'each', '2', 'A-2', ''],
])
const binned = rows(NAMES, [
  ['cell', day('2026-03-02'), day('2026-03-09'), 3, 6, 120, 0, null, null, null, null],
  ['cell', day('2026-03-02'), day('2026-03-09'), 39, 42, 2, 2, null, null, null, null],
  ['cell', day('2026-03-09'), day('2026-03-12'), 39, 42, 3, 1, null, null, null, null],
  ['point', day('2026-03-05'), day('2026-03-06'), 40, 40, 0, 1, 'outlier', '2', 'A-2', ''],
  ['point', day('2026-03-06'), day('2026-03-07'), 41, 41, 0, 1, 'selected', '3', 'A-3', ''],
  ['point', day('2026-03-10'), day('2026-03-11'), 39, 39, 0, 1, 'outlier', '4', 'A-4', ''],
])
const percentiles = rows(
  ['percentile', 'value', 'enough'],
  [
    [85, 17, true],
    [95, 29, false],
  ],
)
const input = { columns, percentiles, unit: 'days', scale: 'linear', sle: { percentile: 85, days: 14 } } as const

describe('scatterplot', () => {
  const option = scatterplot(input, LIGHT_CONTEXT)
  const lines = (asked: Parameters<typeof scatterplot>[0]) =>
    seriesOf(scatterplot(asked, LIGHT_CONTEXT))
      .get('dots')
      ?.markLine?.data.map((mark) => mark.name)

  it('places items by finish and days', () => {
    expect(seriesOf(option).get('dots')?.data).toEqual([
      [ms('2026-03-02') + NOON, 3],
      [ms('2026-03-05') + NOON, 40],
    ])
    expect(seriesOf(option).has('cells')).toBe(false)
  })

  it('places items of the same day and length side by side within the day', () => {
    const same = rows(
      NAMES,
      ['1', '2'].map((id) => ['point', day('2026-03-02'), day('2026-03-03'), 3, 3, 1, 1, 'each', id, id, '']),
    )
    const dots = seriesOf(scatterplot({ ...input, columns: same }, LIGHT_CONTEXT)).get('dots')
    const [first, second] = ((dots?.data ?? []) as number[][]).map(([at]) => (at ?? 0) - ms('2026-03-02'))
    expect(first).toBeCloseTo(0.6 * NOON, 0)
    expect(second).toBeCloseTo(1.4 * NOON, 0)
  })

  it('names percentile lines and the SLE, and leaves out percentiles of too few items', () => {
    expect(lines(input)).toEqual(['85 % ≤ 17 d', 'SLE: 85 % ≤ 14 d'])
  })

  it('keeps names readable: beside the plot, where no mark is, and apart from each other', () => {
    const close = rows(
      ['percentile', 'value', 'enough'],
      [
        [70, 16, true],
        [85, 17, true],
      ],
    )
    const option = scatterplot({ ...input, percentiles: close }, { ...LIGHT_CONTEXT, narrow: true })
    const marks = (seriesOf(option).get('dots')?.markLine?.data ?? []) as {
      name: string
      yAxis: number
      label: { position: string; offset: [number, number] }
    }[]
    expect(marks.map(({ name, label }) => [name, label.position])).toEqual([
      ['70 % ≤ 16', 'end'],
      ['85 % ≤ 17', 'end'],
      ['SLE: 14', 'end'],
    ])
    const dayHeight = (LIGHT_CONTEXT.height - 52) / 40
    const [p70 = 0, p85 = 0, sle = 0] = marks.map(({ yAxis, label }) => label.offset[1] - yAxis * dayHeight)
    expect(p70 - p85).toBeGreaterThanOrEqual(13)
    expect(sle - p70).toBeGreaterThanOrEqual(13)
  })

  it('hides the SLE, which is in calendar days, for another unit, and names the unit', () => {
    expect(lines({ ...input, unit: 'elapsed' })).toEqual(['85 % ≤ 17 d'])
    expect(scatterplot({ ...input, unit: 'workdays' }, LIGHT_CONTEXT).yAxis).toMatchObject({ name: 'working days' })
  })

  it('says when the axis is logarithmic', () => {
    expect(scatterplot({ ...input, scale: 'log' }, LIGHT_CONTEXT).yAxis).toMatchObject({ type: 'log', name: 'days (logarithmic)' })
  })

  it('shows titles as text, whatever the tracker holds', () => {
    const formatter = (option.tooltip as { formatter: (params: unknown) => string }).formatter
    expect(formatter({ seriesId: 'dots', dataIndex: 0 })).toContain('A-1 · Login &lt;fails&gt;')
    expect(tipText(option, { seriesId: 'dots', dataIndex: 1 })).toContain('Took 40 days')
  })

  it('leads to the item', () => {
    expect(pickItem(input, { x: 0, y: 0, seriesId: 'dots', dataIndex: 1 }, LIGHT_CONTEXT.format)).toEqual({ row: 1 })
    expect(pickItem(input, { x: 0, y: 0 }, LIGHT_CONTEXT.format)).toBeUndefined()
  })
})

describe('many items', () => {
  const many = { ...input, columns: binned }
  const option = scatterplot(many, LIGHT_CONTEXT)

  it('are cells where dots do not show them all, each around its whole days', () => {
    expect(seriesOf(option).get('cells')?.data).toEqual([
      [ms('2026-03-02'), ms('2026-03-09'), 2.5, 5.5, 120],
      [ms('2026-03-09'), ms('2026-03-12'), 38.5, 41.5, 3],
    ])
    expect(seriesOf(option).get('dots')?.data).toMatchObject([
      [ms('2026-03-05') + NOON, 40],
      { value: [ms('2026-03-06') + NOON, 41], symbolSize: 10 },
      [ms('2026-03-10') + NOON, 39],
    ])
  })

  it('say what a cell holds', () => {
    expect(tipText(option, { seriesId: 'cells', dataIndex: 0 })).toBe(
      'Finished 2 Mar 2026 – 8 Mar 2026 Took 3 – 5 days 120 items Click for the items.',
    )
    expect(tipText(option, { seriesId: 'cells', dataIndex: 1 })).toContain('1 of them is a dot.')
    expect(tipText(option, { seriesId: 'dots', dataIndex: 2 })).toContain('A-4')
  })

  it('lead to the items of the cell, or to the item of the dot', () => {
    expect(pickItem(many, { x: 0, y: 0, seriesId: 'cells', dataIndex: 1 }, LIGHT_CONTEXT.format)).toEqual({
      title: 'Took 39 – 41 days, finished 9 Mar 2026 – 11 Mar 2026',
      params: { status: 'finished', from: '2026-03-09', to: '2026-03-12', lengthFrom: '39', lengthTo: '42' },
    })
    expect(pickItem(many, { x: 0, y: 0, seriesId: 'dots', dataIndex: 2 }, LIGHT_CONTEXT.format)).toEqual({ row: 5 })
  })

  it('are opened by a click into the gap between two of them', () => {
    const at = (on: string, y: number) => {
      const x = day(on) * 86_400_000 - 1
      return (pickItem(many, { x, y }, LIGHT_CONTEXT.format) as { title: string } | undefined)?.title
    }
    expect(at('2026-03-12', 41.4)).toBe('Took 39 – 41 days, finished 9 Mar 2026 – 11 Mar 2026')
    expect([at('2026-03-12', 41.6), at('2026-03-13', 40), at('2026-03-12', 38.4)]).toEqual([undefined, undefined, undefined])
  })

  it('have cells of elapsed time at its very ends, none below a logarithmic axis', () => {
    const heights = (asked: Parameters<typeof scatterplot>[0]) => {
      const data = seriesOf(scatterplot(asked, LIGHT_CONTEXT)).get('cells')?.data ?? []
      return (data as number[][]).map(([, , low, high]) => [low, high])[0]
    }
    expect(heights({ ...many, unit: 'elapsed' })).toEqual([3, 6])
    const short = rows(NAMES, [['cell', day('2026-03-02'), day('2026-03-03'), 0, 0.1, 5, 0, null, null, null, null]])
    expect(heights({ ...many, columns: short, unit: 'elapsed', scale: 'log' })).toEqual([0.05, 0.1])
  })

  it('are looked at closer: the axes are those of the part, without the lines outside of it', () => {
    const zoom = { from: day('2026-03-04'), to: day('2026-03-08'), lengthFrom: 15, lengthTo: 20 }
    const near = scatterplot({ ...many, zoom }, LIGHT_CONTEXT)
    expect(near.xAxis).toMatchObject({ min: ms('2026-03-04'), max: ms('2026-03-08') })
    expect(near.yAxis).toMatchObject({ min: 14.5, max: 19.5 })
    expect(
      seriesOf(near)
        .get('dots')
        ?.markLine?.data.map((mark) => mark.name),
    ).toEqual(['85 % ≤ 17 d'])
  })
})
