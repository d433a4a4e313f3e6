import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { density } from './density'
import { DENSITY_ABOVE, pickItem, scatterplot } from './scatterplot'
import { LIGHT_CONTEXT, ms, rows, seriesOf, tipText } from './testing/fixture'

const NAMES = ['item_id', 'key', 'title', 'finished_on', 'span_days', 'elapsed_days']
const columns = rows(NAMES, [
  ['1', 'A-1', 'Login <fails>', '2026-03-02', 3, 2.25],
  ['2', 'A-2', '', '2026-03-05', 40, 39.1],
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

  it('places items by finish and days', () => {
    expect(seriesOf(option).get('dots')?.data).toEqual([
      [ms('2026-03-02'), 3],
      [ms('2026-03-05'), 40],
    ])
  })

  it('names percentile lines and the SLE, and leaves out percentiles of too few items', () => {
    const names = seriesOf(option)
      .get('dots')
      ?.markLine?.data.map((mark) => mark.name)
    expect(names).toEqual(['85 % ≤ 17 d', 'SLE: 85 % ≤ 14 d'])
  })

  it('takes the other unit from its own column and hides the SLE, which is in calendar days', () => {
    const elapsed = seriesOf(scatterplot({ ...input, unit: 'elapsed' }, LIGHT_CONTEXT)).get('dots')
    expect(elapsed?.data?.[0]).toEqual([ms('2026-03-02'), 2.25])
    expect(elapsed?.markLine?.data.map((mark) => mark.name)).toEqual(['85 % ≤ 17 d'])
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

  it('counts in tiles above the limit and keeps outliers as dots', () => {
    const many = rows(
      NAMES,
      Array.from({ length: DENSITY_ABOVE + 1 }, (_, i) => [String(i), '', '', '2026-03-02', i === 7 ? 90 : 5, 5]),
    )
    const marks = rows(['percentile', 'value', 'enough'], [[95, 29, true]])
    const series = seriesOf(scatterplot({ ...input, columns: many, percentiles: marks }, LIGHT_CONTEXT))
    expect(series.get('tiles')?.data).toHaveLength(1)
    expect(series.get('dots')?.data).toEqual([[ms('2026-03-02'), 90]])
  })
})

describe('density', () => {
  it('neither loses nor doubles a point', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 200 }))
    fc.assert(
      fc.property(fc.array(point, { minLength: 1 }), fc.boolean(), (points, log) => {
        const found = density(
          points.map(([x]) => x),
          points.map(([, y]) => y),
          { columns: 40, rows: 20, dotsAbove: 100, log },
        )
        const counted = found.tiles.reduce((sum, tile) => sum + tile.count, 0)
        expect(counted + found.outliers.length).toBe(points.length)
        for (const tile of found.tiles) expect(tile.y1).toBeGreaterThan(tile.y0)
      }),
    )
  })
})
