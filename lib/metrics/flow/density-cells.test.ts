import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellOf, dayCells, lengthEdges } from './density-cells'

describe('cells of lengths', () => {
  it('are days while they are few, and equal steps of whole days beyond', () => {
    const asked = { scale: 'linear', unit: 'days', rows: 5, lowest: 1 } as const
    expect(lengthEdges({ ...asked, highest: 4 })).toEqual([1, 2, 3, 4, 5])
    expect(lengthEdges({ ...asked, highest: 11 })).toEqual([1, 4, 7, 10, 13])
  })

  it('are equal steps of the logarithm from where these are longer than a day', () => {
    const edges = lengthEdges({ scale: 'log', unit: 'workdays', rows: 6, lowest: 1, highest: 64 })
    expect(edges).toEqual([1, 2, 4, 8, 16, 32, 64, 128])
  })

  it('hold elapsed time in quarters of an hour, hours and days', () => {
    const asked = { scale: 'linear', unit: 'elapsed', rows: 40, lowest: 0 } as const
    expect(lengthEdges({ ...asked, highest: 3 * 3600 }).slice(0, 3)).toEqual([0, 900, 1800])
    expect(lengthEdges({ ...asked, highest: 200 * 86_400 }).slice(0, 2)).toEqual([0, 6 * 86_400])
  })

  it('rise, begin at or below every value and end above it', () => {
    const drawn = fc.record({
      scale: fc.constantFrom('linear' as const, 'log' as const),
      unit: fc.constantFrom('days' as const, 'elapsed' as const),
      rows: fc.integer({ min: 1, max: 400 }),
      lowest: fc.integer({ min: 1, max: 5_000_000 }),
      more: fc.nat(50_000_000),
    })
    fc.assert(
      fc.property(drawn, ({ more, lowest, unit, ...rest }) => {
        const shrunk = unit === 'days' ? 10_000 : 1
        const [low, high] = [Math.ceil(lowest / shrunk), Math.ceil(lowest / shrunk) + Math.floor(more / shrunk)]
        const edges = lengthEdges({ ...rest, unit, lowest: low, highest: high })
        for (const [index, edge] of edges.slice(1).entries()) expect(edge).toBeGreaterThan(edges[index] ?? 0)
        expect(edges[0]).toBeLessThanOrEqual(low)
        expect(edges.at(-1)).toBeGreaterThan(high)
        expect(edges.length).toBeLessThanOrEqual(rest.rows + 3)
        const row = cellOf(edges, high)
        expect([(edges[row] ?? 0) <= high, (edges[row + 1] ?? 0) > high]).toEqual([true, true])
      }),
    )
  })
})

describe('cells of days', () => {
  it('are days, or as many whole weeks from Monday on as it takes', () => {
    expect(dayCells(200, 200).width).toBe(1)
    expect(dayCells(201, 200).width).toBe(7)
    expect(dayCells(1401, 200).width).toBe(14)
    expect(new Date(dayCells(201, 200).first * 86_400_000).getUTCDay()).toBe(1)
  })
})
