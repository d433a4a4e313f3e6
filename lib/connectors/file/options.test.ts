import { describe, expect, it } from 'vitest'
import { fileOptions, normaliseFileSource, withQueryColumns } from './options'

const incidents = {
  path: 'incident_event_log.csv.gz',
  layout: 'changes',
  columns: { item: 'number', at: 'sys_updated_at', state: 'incident_state', priority: 'priority', created: 'sys_created_at' },
  timestamps: { format: '%d/%m/%Y %H:%M', timezone: 'UTC' },
  nulls: ['?'],
  dimensions: { team: 'assignment_group', product: { column: 'category', missing: 'carry' } },
}

function messages(options: unknown): string[] {
  const result = fileOptions.safeParse(options)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('fileOptions', () => {
  it('fills in defaults and gathers dimensions from both places', () => {
    expect(fileOptions.parse(incidents)).toEqual({
      connector: 'file',
      path: ['incident_event_log.csv.gz'],
      layout: 'changes',
      columns: { item: 'number', at: 'sys_updated_at', state: 'incident_state', created: 'sys_created_at' },
      stageColumns: {},
      timestamps: { format: '%d/%m/%Y %H:%M', timezone: 'UTC' },
      nulls: ['', '?'],
      dimensions: {
        priority: { column: 'priority', missing: 'none' },
        team: { column: 'assignment_group', missing: 'none' },
        product: { column: 'category', missing: 'carry' },
      },
      encoding: 'utf-8',
    })
  })

  it.each([
    ['changes', incidents],
    [
      'stages',
      {
        path: ['a.csv', 'b/*.csv'],
        columns: { item: 'ID', title: 'Name', state: 'State' },
        stageColumns: { todo: 'Backlog', done: 'Done' },
      },
    ],
    ['query', { path: 'k.csv', query: 'SELECT kep AS item, at, status AS state FROM source', dimensions: { team: 'sig' } }],
  ])('gives the same again from its own answer: %s', (_, options) => {
    const once = fileOptions.parse(options)
    expect(normaliseFileSource({ ...once })).toEqual(once)
  })

  it('finds out the layout from what is there', () => {
    expect(fileOptions.parse({ path: 'a.csv', columns: { item: 'ID' }, stageColumns: { done: 'Done' } }).layout).toBe('stages')
    expect(fileOptions.parse({ path: 'a.csv', query: 'FROM source' }).layout).toBe('changes')
  })

  it.each([
    [{ columns: incidents.columns }, 'path: '],
    [{ path: 'a.csv' }, 'columns: is required (or a query)'],
    [{ path: 'a.csv', columns: { item: 'a', at: 'b' } }, 'columns.state: is required in layout changes'],
    [{ path: 'a.csv', layout: 'stages', columns: { item: 'a' } }, 'stageColumns: is required in layout stages'],
    [{ path: 'a.csv', columns: { item: 'a', at: 'b' }, stageColumns: { x: 'X' } }, 'columns.at: has no place in layout stages'],
    [
      { path: 'a.csv', layout: 'changes', columns: { item: 'a', at: 'b', state: 'c' }, stageColumns: { x: 'X' } },
      'stageColumns: has no place in',
    ],
    [{ path: 'a.csv', query: 'SELECT 1', columns: { item: 'a' } }, 'columns: has no place beside a query'],
    [{ path: 'a.csv', query: 'SELECT 1', layout: 'stages' }, 'query: has no place in layout stages'],
    [{ path: 'a.csv', query: 'DROP TABLE source' }, 'query: must be a SELECT from source'],
    [{ ...incidents, columns: { ...incidents.columns, team: 'x' } }, 'dimensions.team: stands under columns already'],
    [{ ...incidents, timestamps: { format: '%d/%m %H:%M' } }, 'timestamps.format: must hold a year'],
    [{ ...incidents, timestamps: { format: '%Y-%m-%d %Q' } }, 'timestamps.format: %Q is no part of a strptime format'],
    [{ ...incidents, timestamps: { format: '%Y-%m-%d %I:%M' } }, 'timestamps.format: %I counts twelve hours'],
    [{ ...incidents, timestamps: { timezone: 'Europe/Berln' } }, 'timestamps.timezone: is no time zone'],
    [{ ...incidents, path: 'https://example.org/a.csv' }, 'path: '],
    [{ ...incidents, path: [] }, 'path: '],
    [{ ...incidents, dimensions: { 'Team Name': 'x' } }, 'dimensions.Team Name: '],
    [{ ...incidents, delimiter: ';;' }, 'delimiter: must be one character'],
    [{ ...incidents, encoding: 'ebcdic' }, 'encoding: '],
    [{ ...incidents, layuot: 'changes' }, ': Unrecognized key: "layuot"'],
  ])('refuses %j', (options, message) => {
    expect(messages(options).join('\n')).toContain(message)
  })

  it('takes a column whose name is a number, and comments before a query', () => {
    expect(fileOptions.parse({ path: 1, columns: { item: 2020, at: 'b', state: 'c' } }).columns.item).toBe('2020')
    expect(messages({ path: 'a.csv', query: '-- shape\n/* it */ WITH x AS (SELECT 1) SELECT * FROM x' })).toEqual([])
  })
})

describe('withQueryColumns', () => {
  it('takes details and core dimensions by their names, declared dimensions first', () => {
    const source = fileOptions.parse({ path: 'k.csv', query: 'SELECT 1', dimensions: { team: { column: 'sig', missing: 'carry' } } })
    const known = withQueryColumns(source, ['item', 'at', 'state', 'title', 'team', 'type', 'sig', 'other'])
    expect(known.columns).toEqual({ item: 'item', at: 'at', state: 'state', title: 'title' })
    expect(known.dimensions).toEqual({ type: { column: 'type', missing: 'none' }, team: { column: 'sig', missing: 'carry' } })
  })
})
