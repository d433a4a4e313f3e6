import {
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  Schema,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { describe, expect, it } from 'vitest'
import { decodeAnswer } from './decode'

const meta = {
  metric: 'wip',
  title: 'WIP',
  unit: 'items',
  snapshot: 'abc',
  as_of: '2016-05-31',
  params: { span: 'lead' },
  ignored: [],
  notes: ['x'],
}

function bytes(): Uint8Array {
  const columns = {
    day_on: vectorFromArray([new Date('2016-03-15'), null], new DateDay()),
    at: vectorFromArray([1_458_000_000_123, null], new TimestampMillisecond()),
    item_count: vectorFromArray([1796, 1481], new Int32()),
    total: vectorFromArray([12n, null], new Int64()),
    ratio: vectorFromArray([0.5, null], new Float64()),
    blocked: vectorFromArray([true, null], new Bool()),
    team: vectorFromArray(['Group 1', null]),
    title: vectorFromArray(['a', null], new Utf8()),
  }
  const table = new Table(columns)
  const fields = table.schema.fields.map((field) => new Field(field.name, field.type, true))
  return tableToIPC(new Table(new Schema(fields, new Map([['streamgauge', JSON.stringify(meta)]])), table.batches), 'stream')
}

describe('decodeAnswer', () => {
  const { columns, meta: read } = decodeAnswer(bytes())

  it('gives days as day numbers, instants as ms and numbers as numbers', () => {
    expect(columns.numbers('day_on')).toEqual([Date.UTC(2016, 2, 15) / 86_400_000, null])
    expect(columns.get('at')).toEqual([1_458_000_000_123, null])
    expect(columns.get('item_count')).toEqual([1796, 1481])
    expect(columns.get('total')).toEqual([12, null])
    expect(columns.get('ratio')).toEqual([0.5, null])
    expect(columns.get('blocked')).toEqual([true, null])
    expect(columns.get('team')).toEqual(['Group 1', null])
    expect(columns.get('title')).toEqual(['a', null])
    expect(columns.names.map((name) => columns.kind(name))).toEqual([
      'day',
      'instant',
      'number',
      'number',
      'number',
      'flag',
      'text',
      'text',
    ])
  })

  it('reads what the answer says of itself', () => {
    expect(read).toEqual(meta)
  })
})
