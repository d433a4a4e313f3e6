import { expect, it } from 'vitest'
import type { ColumnTable } from '@/lib/engine/columns'
import { oncePerAnswer } from './entries'

it('what follows from an answer is worked out once, and anew for another one that says the same', () => {
  const asked: ColumnTable[] = []
  const rowsTimes = oncePerAnswer((answer: ColumnTable, factor: number) => {
    asked.push(answer)
    return { rows: answer.rowCount * factor }
  })
  const [one, other] = [1, 2].map(() => ({ rowCount: 3, columns: [] }) as ColumnTable) as [ColumnTable, ColumnTable]
  const first = rowsTimes(one, 2)
  expect(first).toEqual({ rows: 6 })
  expect(rowsTimes(one, 2)).toBe(first)
  expect(rowsTimes(other, 5)).toEqual({ rows: 15 })
  expect(rowsTimes(one, 2)).toBe(first)
  expect(asked).toEqual([one, other])
})

it('another function of the same answer is another one', () => {
  const answer: ColumnTable = { rowCount: 3, columns: [] }
  expect([oncePerAnswer(({ rowCount }) => rowCount)(answer), oncePerAnswer(({ columns }) => columns.length)(answer)]).toEqual([3, 0])
})
