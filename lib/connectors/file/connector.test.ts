import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Builder, openBuilder } from '../../engine/duckdb/builder'
import { literal, Sql, sql } from '../../engine/sql'
import { createSourceTables, orderDimensions } from '../../history/tables'
import type { ValueStream } from '../../model/value-stream'
import { Problem } from '../../problem'
import { followHistory } from '../../snapshot/follow-history'
import { fileConnector } from './connector'

const stream: ValueStream = {
  id: 's',
  name: 'S',
  timezone: 'Europe/Zurich',
  sources: [],
  types: {},
  stages: [
    { id: 'todo', name: 'To do', kind: 'queue', states: ['To do'], waiting: [] },
    { id: 'doing', name: 'Doing', kind: 'active', states: ['Doing'], waiting: [] },
    { id: 'done', name: 'Done', kind: 'done', states: ['Done'], waiting: [] },
  ],
  cancelled: [],
  committed: 'doing',
  started: 'doing',
  finished: 'done',
}

let folder: string
let builder: Builder

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'streamgauge-file-'))
  builder = await openBuilder()
})

afterEach(async () => {
  builder.close()
  await rm(folder, { recursive: true, force: true })
})

const CHANGES = { columns: { item: 'id', at: 'at', state: 'state' } }

async function read(name: string, content: string | Buffer, options: Record<string, unknown> = CHANGES): Promise<void> {
  await writeFile(path.join(folder, name), content)
  const source = { connector: 'file', path: name, ...options }
  const { names, carried } = fileConnector.dimensions(source)
  const dimensions = orderDimensions(names)
  for (const statement of createSourceTables(dimensions)) await builder.run(statement)
  let next = 0
  await fileConnector.read({
    session: builder,
    stream,
    source,
    baseFolder: folder,
    dimensions,
    nextSourceIx: () => next++,
    shape: async ({ from, target, select }) => {
      await builder.run(sql`ALTER TABLE source RENAME TO given`)
      await builder.run(sql`CREATE VIEW source AS FROM given`)
      expect(from).toBe('source')
      await builder.createFrom(sql`shaped`, select)
      expect(target).toBe('shaped')
      await builder.run(sql`DROP VIEW source`)
      await builder.run(sql`ALTER TABLE given RENAME TO source`)
    },
    progress: () => {},
  })
  const carriedPairs = carried.map((dimension) => ({ streamId: 's', dimension }))
  const portfolio = {
    name: 'P',
    timezone: 'UTC',
    calendar: { weekend: [6, 7], holidays: [] },
    streams: [stream],
    goals: [],
    kpis: [],
    annotations: [],
  }
  await followHistory({ builder, portfolio, dimensions, carried: carriedPairs, folder, progress: () => {} })
}

const history = () =>
  builder.rows(
    sql`SELECT item_id, strftime(changed_at, '%Y-%m-%d %H:%M') AS at, state, history.dim_team AS team FROM history JOIN items USING (item_ix) ORDER BY item_ix, seq`,
  )
const rejects = () => builder.rows(sql`SELECT source_row, item_id, field, value, reason FROM rejects ORDER BY source_row, field`)
const repairs = async () =>
  Object.fromEntries(
    (await builder.rows(sql`SELECT rule, CAST(sum(row_count) AS INTEGER) AS n FROM repairs GROUP BY rule`)).map((row) => [row.rule, row.n]),
  )

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Problem)
  return error as Problem
}

describe('changes, one row each', () => {
  it('keeps source order for equal times and sorts and counts what goes back', async () => {
    await read('a.csv', 'id,at,state\n1,2024-01-02T10:00:00Z,Doing\n1,2024-01-01T10:00:00Z,To do\n1,2024-01-02T10:00:00Z,Done\n')
    expect((await history()).map((row) => row.state)).toEqual(['To do', 'Doing', 'Done'])
    expect(await repairs()).toEqual({ time_backwards: 1 })
  })

  it('reads times without an offset in the zone of the stream, also over the end of summer time', async () => {
    await read(
      'a.csv',
      'id,at,state\n1,2024-10-27 01:30,To do\n1,2024-10-27T12:00:00,Doing\n1,2024-10-28T12:00:00+05:30,Done\n2,2024-07-01,Done\n',
    )
    expect((await history()).map((row) => row.at)).toEqual(['2024-06-30 22:00', '2024-10-26 23:30', '2024-10-27 11:00', '2024-10-28 06:30'])
  })

  it('rejects rows without item, time or with an impossible date, each with its reason', async () => {
    const rows = [
      '1,2024-01-01T10:00:00Z,To do',
      ',2024-01-01T10:00:00Z,To do',
      '2,,To do',
      '3,2024-02-30T10:00:00Z,To do',
      '4,soon,To do',
      '5,0203-01-01T10:00:00Z,Done',
    ]
    await read('a.csv', `id,at,state\n${rows.join('\n')}\n`)
    expect(await rejects()).toEqual([
      { source_row: 2, item_id: null, field: 'item', value: null, reason: 'the row names no item' },
      { source_row: 3, item_id: '2', field: 'at', value: null, reason: 'the row has no time' },
      { source_row: 4, item_id: '3', field: 'at', value: '2024-02-30T10:00:00Z', reason: 'not a date or time as ISO 8601 writes it' },
      { source_row: 5, item_id: '4', field: 'at', value: 'soon', reason: 'not a date or time as ISO 8601 writes it' },
      { source_row: 6, item_id: '5', field: 'at', value: '0203-01-01 10:00:00', reason: 'the time lies outside of 1970 to 2199' },
    ])
    expect(await history()).toHaveLength(1)
  })

  it('fills in a state that is not told: unchanged later on, the next known one at the beginning', async () => {
    await read('a.csv', 'id,at,state\n1,2024-01-01T10:00Z,\n1,2024-01-02T10:00Z,To do\n1,2024-01-03T10:00Z,\n2,2024-01-01T10:00Z,\n')
    expect((await history()).map((row) => row.state)).toEqual(['To do', 'To do', 'To do'])
    expect(await repairs()).toMatchObject({ first_state_missing: 1, state_missing_unchanged: 1 })
    expect(await rejects()).toMatchObject([{ item_id: '2', reason: 'no row of this item tells a state' }])
  })

  it('takes a blank dimension as none, or as unchanged where it is carried', async () => {
    const text = 'id,at,state,team\n1,2024-01-01T10:00Z,To do,A\n1,2024-01-02T10:00Z,Doing,\n'
    await read('a.csv', text, { ...CHANGES, dimensions: { team: { column: 'team', missing: 'carry' } } })
    expect((await history()).map((row) => row.team)).toEqual(['A', 'A'])
    await builder.close()
    builder = await openBuilder()
    await read('a.csv', text, { ...CHANGES, dimensions: { team: 'team' } })
    expect((await history()).map((row) => row.team)).toEqual(['A', null])
  })

  it('gives an item that was created before its first change a first step without a state', async () => {
    await read('a.csv', 'id,at,state,born\n1,2024-01-05T10:00Z,Doing,2024-01-01T10:00Z\n', {
      columns: { ...CHANGES.columns, created: 'born' },
    })
    expect(await history()).toMatchObject([{ at: '2024-01-01 10:00', state: null }, { state: 'Doing' }])
    expect(await repairs()).toMatchObject({ first_state_inferred: 1 })
  })

  it('takes the words for "no value" as absent', async () => {
    await read('a.csv', 'id,at,state,team\n1,2024-01-01T10:00Z,To do,?\n', { ...CHANGES, nulls: ['?'], dimensions: { team: 'team' } })
    expect(await history()).toMatchObject([{ team: null }])
  })
})

describe('formats', () => {
  const expected = [
    { item_id: '1', state: 'To do' },
    { item_id: '1', state: 'Done' },
  ]
  const rows = [
    { id: '1', at: '2024-01-01T10:00:00Z', state: 'To do' },
    { id: '1', at: '2024-01-02T10:00:00Z', state: 'Done' },
  ]

  it('reads a byte order mark, semicolons, quotes, line breaks in quotes and CRLF', async () => {
    await read(
      'a.csv',
      '\uFEFF"id";"at";"state";note\r\n1;"2024-01-01T10:00:00Z";To do;"a ""b""; c\nd"\r\n1;2024-01-02T10:00:00Z;Done;\r\n',
    )
    expect(await history()).toMatchObject(expected)
    expect(await rejects()).toEqual([])
  })

  it('reads gzip, NDJSON, JSON and Parquet alike', async () => {
    const texts: [string, string | Buffer][] = [
      ['a.csv.gz', gzipSync('id,at,state\n1,2024-01-01T10:00:00Z,To do\n1,2024-01-02T10:00:00Z,Done\n')],
      ['a.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')],
      ['a.json', JSON.stringify(rows)],
    ]
    for (const [name, content] of texts) {
      await read(name, content)
      expect(await history(), name).toMatchObject(expected)
      builder.close()
      builder = await openBuilder()
    }
    const file = path.join(folder, 'b.parquet')
    await builder.run(sql`COPY (SELECT 1 AS id, TIMESTAMPTZ '2024-01-01 10:00:00Z' AS at, 'To do' AS state
      UNION ALL SELECT 1, TIMESTAMPTZ '2024-01-02 10:00:00Z', 'Done') TO ${literal(file)} (FORMAT parquet)`)
    await read('b.parquet', await readFile(file))
    expect(await history()).toMatchObject(expected)
  })

  it.each(['', ', 7 AS file_row_number'])('tells the row of a Parquet file that it rejects%s', async (more) => {
    const file = path.join(folder, 'source.parquet')
    const rows = new Sql([`SELECT range AS id, TIMESTAMP '2024-01-01' AS "at", 'To do' AS state${more} FROM range(5000)`], [])
    await builder.run(sql`COPY (SELECT * REPLACE (CASE WHEN id <> 4000 THEN "at" END AS "at") FROM (${rows})) TO ${literal(file)}
      (FORMAT parquet, ROW_GROUP_SIZE 2048)`)
    await read('b.parquet', await readFile(file))
    expect(await rejects()).toMatchObject([{ source_row: 4001, item_id: '4000', field: 'at' }])
    expect(await history()).toHaveLength(4999)
  })

  it('rejects lines with too many or too few values and reads the rest', async () => {
    await read(
      'a.csv',
      'id,at,state\n1,2024-01-01T10:00Z,To do\n2,2024-01-01T10:00Z,To do,extra\n3,2024-01-01T10:00Z\n4,2024-01-01T10:00Z,Done\n',
    )
    expect((await history()).map((row) => row.item_id)).toEqual(['1', '4'])
    expect((await rejects()).map((row) => row.field)).toEqual(['line', 'line'])
  })

  it('refuses half a gzip file', async () => {
    const whole = gzipSync(`id,at,state\n${'1,2024-01-01T10:00Z,To do\n'.repeat(5000)}`)
    const problem = await problemOf(read('a.csv.gz', whole.subarray(0, whole.length / 2)))
    expect(problem.toText()).toContain('"a.csv.gz" can\'t be unpacked to its end')
  })

  it('refuses days and months that can be read in two ways', async () => {
    const problem = await problemOf(read('a.csv', 'id,at,state\n1,3/4/2024 10:00,To do\n'))
    expect(problem.toText()).toMatch(/timestamps\.format.*3\/4\/2024 10:00/)
  })

  it('names a column that is missing and the nearest one there is', async () => {
    const problem = await problemOf(read('a.csv', 'id,at,status\n1,2024-01-01T10:00Z,To do\n'))
    expect(problem.toText()).toContain('a.csv, columns.state: there is no column "state"; did you mean "status"?')
  })

  it.each([
    ['nothing.csv', '', 'has no content'],
    ['blank.csv', '\n\n', 'its first line, which must name the columns, is blank'],
    ['a.xlsx', 'PK', 'has an ending that is not known'],
    ['a.parquet', 'no parquet', 'a.parquet'],
    ['a.csv', 'id,at,state\n,,\n', 'No row of a.csv could be used'],
  ])('says what is wrong with %s', async (name, content, message) => {
    expect((await problemOf(read(name, content))).toText()).toContain(message)
  })
})

describe('one row per item', () => {
  const options = {
    layout: 'stages',
    columns: { item: 'ID' },
    stageColumns: { todo: 'To do', doing: 'Doing', done: 'Done', cancelled: 'Dropped' },
  }

  it('makes a change of every date, in the order of the stages where dates are equal', async () => {
    await read(
      'a.csv',
      'ID,To do,Doing,Done,Dropped\n1,2024-01-01,2024-01-05,2024-01-05,\n2,2024-01-01,,,2024-01-09\n3,,,,\n4,2024-01-01,x,2024-01-03,\n',
      options,
    )
    expect((await history()).map((row) => `${row.item_id} ${row.state}`)).toEqual([
      '1 todo',
      '1 doing',
      '1 done',
      '2 todo',
      '2 cancelled',
      '4 todo',
      '4 done',
    ])
    expect((await rejects()).map((row) => `${row.item_id} ${row.field}`)).toEqual(['3 stageColumns', '4 stageColumns.doing'])
  })
})

describe('a query over the file', () => {
  it('shapes it into item, at and state', async () => {
    await read('a.csv', 'a,b,c\n1,2024-01-01T10:00Z,T\n', {
      query: "SELECT a AS item, b AS at, 'To do' AS state, 'Red' AS team FROM source",
    })
    expect(await history()).toMatchObject([{ item_id: '1', state: 'To do', team: 'Red' }])
  })

  it('is told when it fails', async () => {
    const problem = await problemOf(read('a.csv', 'a\n1\n', { query: 'SELECT nothing FROM source' }))
    expect(problem.toText()).toContain('stream s, query')
  })
})
