import { describe, expect, it } from 'vitest'
import { type ColumnTable, fromRows, TextColumn, toRows } from './columns'
import { stacked } from './stack'

const KINDS = new Map([
  ['name', 'text'],
  ['count', 'int'],
  ['share', 'float'],
  ['is_old', 'bool'],
] as const)

describe('tables below each other', () => {
  it('keep their rows in order, whatever columns each has', () => {
    const first = fromRows([{ count: 1, name: 'a' }, { count: 2 }], new Map([['count', 'int'] as const, ['name', 'text'] as const]))
    const second = fromRows(
      [
        { share: 0.5, is_old: true },
        { share: null, is_old: false },
      ],
      new Map([['share', 'float'] as const, ['is_old', 'bool'] as const]),
    )
    expect(toRows(stacked([first, second], KINDS))).toEqual([
      { name: 'a', count: 1, share: null, is_old: null },
      { name: null, count: 2, share: null, is_old: null },
      { name: null, count: null, share: 0.5, is_old: true },
      { name: null, count: null, share: null, is_old: false },
    ])
  })

  it('keep texts of dictionaries apart', () => {
    const part = (texts: string[], indices: number[], valid?: number[]): ColumnTable => ({
      rowCount: indices.length,
      columns: [new TextColumn('name', { texts, indices: Int32Array.from(indices) }, valid && Uint8Array.from(valid))],
    })
    const both = stacked([part(['a', 'b'], [1, 0, 1]), part(['b', 'c'], [1, 0, 0], [1, 0, 1])], new Map([['name', 'text']]))
    expect(toRows(both).map(({ name }) => name)).toEqual(['b', 'a', 'b', 'c', null, 'b'])
  })

  it('have no gaps where none of them has, and are empty without rows', () => {
    const whole = fromRows([{ count: 3 }], new Map([['count', 'int']]))
    const none = fromRows([], new Map([['name', 'text']]))
    const both = stacked([none, whole], new Map([['count', 'int']]))
    expect(both).toEqual({ rowCount: 1, columns: [{ name: 'count', kind: 'int', values: Int32Array.of(3) }] })
    expect(stacked([], KINDS).rowCount).toBe(0)
    expect(toRows(stacked([none], KINDS))).toEqual([])
  })
})
