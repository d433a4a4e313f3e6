import { describe, expect, it } from 'vitest'
import { columnsOf, filterRows } from './columns'

const columns = columnsOf({
  day_on: { kind: 'day', values: [10, 11, null] },
  key: { kind: 'text', values: ['A', null, 'C'] },
  blocked: { kind: 'flag', values: [true, false, null] },
})

describe('columnsOf', () => {
  it('reads typed values and keeps what is missing', () => {
    expect(columns.rowCount).toBe(3)
    expect(columns.numbers('day_on')).toEqual([10, 11, null])
    expect(columns.texts('key')).toEqual(['A', '', 'C'])
    expect(columns.flags('blocked')).toEqual([true, false, false])
    expect(columns.kind('day_on')).toBe('day')
  })

  it('names the columns it has when asked for another', () => {
    expect(() => columns.get('days')).toThrow('no column days; there are: day_on, key, blocked')
  })

  it('refuses columns of unequal length', () => {
    expect(() => columnsOf({ a: { kind: 'number', values: [1] }, b: { kind: 'number', values: [] } })).toThrow('column b has 0 values')
  })

  it('filters rows over all columns', () => {
    const kept = filterRows(columns, (row) => columns.flags('blocked')[row] === false)
    expect(kept.rowCount).toBe(2)
    expect(kept.texts('key')).toEqual(['', 'C'])
  })
})
