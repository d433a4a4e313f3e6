import { describe, expect, it } from 'vitest'
import { type ColumnTable, fromRows } from '@/lib/engine/columns'
import { contest } from './contest'

const answer = (...counts: number[]): ColumnTable =>
  fromRows(
    counts.map((n) => ({ n })),
    new Map([['n', 'int']]),
  )

describe('contest', () => {
  const options = { figures: ['n'], budgetMs: 1 }

  it('times whoever gives the answer of the first', async () => {
    const results = await contest(
      [
        { name: 'ours', run: async () => answer(1, 2) },
        { name: 'same', run: async () => answer(2, 1) },
      ],
      options,
    )
    expect(results.map(({ name, rows }) => [name, rows])).toEqual([
      ['ours', 2],
      ['same', 2],
    ])
    for (const { spread } of results) expect(spread?.runs).toBeGreaterThanOrEqual(3)
  })

  it('refuses to time another answer, and says how it differs', async () => {
    const [, fewer, other, broken] = await contest(
      [
        { name: 'ours', run: async () => answer(1, 2) },
        { name: 'fewer', run: async () => answer(3) },
        { name: 'other', run: async () => answer(1, 3) },
        { name: 'broken', run: () => Promise.reject(new Error('out of order\nat length')) },
      ],
      options,
    )
    expect(fewer).toMatchObject({ refused: 'answers 1 rows instead of 2' })
    expect(other).toMatchObject({ refused: 'its n add up to 4 instead of 3' })
    expect(broken).toMatchObject({ refused: 'out of order' })
    expect([fewer, other, broken].map((result) => result?.spread)).toEqual([undefined, undefined, undefined])
  })

  it('times what only touches the data', async () => {
    const [, scan] = await contest(
      [
        { name: 'ours', run: async () => answer(1) },
        { name: 'scan', run: async () => undefined },
      ],
      options,
    )
    expect(scan?.spread?.runs).toBeGreaterThan(2)
  })
})
