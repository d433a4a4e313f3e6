import { describe, expect, it } from 'vitest'
import { fixture, read } from './fixtures/read'

const BASE = `
name: Base
timezone: Europe/Berlin
streams:
  - id: a
    sources: [{connector: file, path: a.csv, columns: {item: i, at: t, state: s}}]
    stages: [{id: todo, kind: queue}, {id: dev, name: Dev, kind: active}, {id: test, kind: active}, {id: done, kind: done}]
`

describe('the example of the issue', () => {
  const portfolio = read(fixture('issue-example.yaml'))

  it('gives name, zone and calendar', () => {
    expect(portfolio).toMatchObject({ name: 'IT service', timezone: 'UTC', calendar: { weekend: [6, 7], holidays: [] } })
  })

  it('gives the stream with its workflow and source', () => {
    const [stream] = portfolio.streams
    expect(stream).toMatchObject({
      id: 'incidents',
      name: 'Incident resolution',
      timezone: 'UTC',
      types: { feature: ['Story'], defect: ['Bug', 'Incident'] },
      cancelled: [],
      committed: 'active',
      started: 'active',
      finished: 'done',
      sle: { percentile: 85, days: 10 },
    })
    expect(stream?.stages).toEqual([
      { id: 'new', name: 'New', kind: 'queue', states: ['New'], waiting: [] },
      { id: 'active', name: 'In work', kind: 'active', states: ['Active'], waiting: [], wipLimit: 800 },
      {
        id: 'waiting',
        name: 'Waiting',
        kind: 'queue',
        states: ['Awaiting User Info', 'Awaiting Problem', 'Awaiting Vendor', 'Awaiting Evidence'],
        waiting: [],
      },
      { id: 'done', name: 'Resolved', kind: 'done', states: ['Resolved', 'Closed'], waiting: [] },
    ])
    expect(stream?.sources).toHaveLength(1)
    expect(stream?.sources[0]).toMatchObject({
      connector: 'file',
      path: ['incident_event_log.csv.gz'],
      layout: 'changes',
      columns: { item: 'number', at: 'sys_updated_at', state: 'incident_state' },
      nulls: ['', '?'],
      dimensions: { team: { column: 'assignment_group', missing: 'none' }, product: { column: 'category', missing: 'none' } },
    })
  })

  it('gives goals, both kinds of KPI and annotations', () => {
    expect(portfolio.goals).toEqual([
      {
        id: 'restore',
        name: 'Restore service faster',
        level: 'strategic',
        owner: 'Service',
        due: '2016-12-31',
        match: { product: ['Category 26', 'Category 42'] },
      },
    ])
    expect(portfolio.kpis[0]).toEqual({
      kind: 'flow',
      id: 'resolve-p85',
      goal: 'restore',
      area: 'time-to-market',
      name: 'Time to resolve',
      unit: 'days',
      direction: 'lower',
      baseline: 12,
      target: 8,
      due: '2016-12-31',
      metric: 'span-percentiles',
      params: { span: 'lead', grain: 'month', unit: 'days', percentiles: ['85'], stream: ['incidents'] },
    })
    expect(portfolio.kpis[1]).toMatchObject({
      kind: 'series',
      id: 'csat',
      unit: 'score',
      series: [
        { on: '2016-03-31', value: 3.9 },
        { on: '2016-04-30', value: 4.1 },
      ],
    })
    expect(portfolio.annotations).toEqual([
      { on: '2016-04-04', until: '2016-04-08', kind: 'release', text: 'New triage desk', scope: { stream: ['incidents'] } },
    ])
  })
})

describe('other shapes', () => {
  it('reads a service desk: numbers as states, waiting states, levels of goals, plain dimension names in a scope', () => {
    const { streams, goals, kpis, calendar } = read(fixture('incidents.yaml'))
    expect(calendar).toEqual({ weekend: [6, 7], holidays: ['2016-03-25', '2016-04-25'] })
    expect(streams[0]).toMatchObject({ committed: 'new', started: 'work', finished: 'resolved', cancelled: ['Cancelled', '1.10', 'no'] })
    expect(streams[0]?.stages[1]).toMatchObject({ states: ['Active', '-100'], waiting: expect.arrayContaining(['Awaiting Vendor']) })
    expect(goals.map((goal) => goal.parent)).toEqual([undefined, 'service', 'restore'])
    expect(kpis[0]).toMatchObject({
      params: { unit: 'elapsed', policy: 'sum_of_visits', rule: 'current', 'dim.product': ['Category 26'], team: ['Group 56'] },
    })
    expect(kpis[1]).toMatchObject({ metric: 'wip', unit: 'items', direction: 'within', tolerance: 100, params: {} })
  })

  it('reads proposals shaped by a query', () => {
    const { streams, annotations } = read(fixture('proposals.yaml'))
    expect(streams[0]).toMatchObject({ timezone: 'UTC', committed: 'ready', started: 'alpha', finished: 'stable' })
    expect(String(streams[0]?.sources[0]?.query)).toMatch(/^-- deletions.*\nSELECT/)
    expect(annotations.map((annotation) => annotation.on)).toEqual(['2020-10-01', '2021-07-15'])
    expect(annotations[0]).toMatchObject({ kind: 'note', scope: {} })
  })

  it('reads exports with a date column per stage, and stages named by an alias', () => {
    const { streams } = read(fixture('board-export.yaml'))
    expect(streams.map((stream) => stream.sources[0]?.layout)).toEqual(['stages', 'stages', 'stages'])
    expect(streams[2]?.stages).toEqual(streams[1]?.stages)
    expect(streams[2]?.sources[0]).toMatchObject({ delimiter: ';', dimensions: { points: { column: 'Story Points' } } })
  })
})

describe('defaults', () => {
  it('fills in zone, names, states and boundaries', () => {
    const { calendar, streams, goals, kpis, annotations } = read(BASE)
    expect({ calendar, goals, kpis, annotations }).toEqual({
      calendar: { weekend: [6, 7], holidays: [] },
      goals: [],
      kpis: [],
      annotations: [],
    })
    expect(streams[0]).toMatchObject({
      name: 'a',
      timezone: 'Europe/Berlin',
      committed: 'dev',
      started: 'dev',
      finished: 'done',
      types: {},
    })
    expect(streams[0]?.stages.map((stage) => stage.states)).toEqual([['todo'], ['Dev'], ['test'], ['done']])
    expect(streams[0]).not.toHaveProperty('sle')
  })

  it.each([
    ['started: test', { committed: 'test', started: 'test' }],
    ['committed: todo', { committed: 'todo', started: 'dev' }],
    ['{committed: todo, started: test}', { committed: 'todo', started: 'test' }],
  ])('takes %s', (line, expected) => {
    const keys = line.replace(/[{}]/g, '').split(', ')
    expect(read(`${BASE}${keys.map((key) => `    ${key}\n`).join('')}`).streams[0]).toMatchObject(expected)
  })

  it('starts where it is committed when nothing is active, and at the first stage when nothing is said', () => {
    const idle = BASE.replaceAll('kind: active', 'kind: queue')
    expect(read(`${idle}    committed: test\n`).streams[0]).toMatchObject({ committed: 'test', started: 'test' })
    expect(read(idle).streams[0]).toMatchObject({ committed: 'todo', started: 'todo', finished: 'done' })
  })

  it('takes a done stage later than the first as the finish', () => {
    const text = BASE.replace('{id: done, kind: done}', '{id: done, kind: done}, {id: live, kind: done}')
    expect(read(text).streams[0]?.finished).toBe('done')
    expect(read(`${text}    finished: live\n`).streams[0]?.finished).toBe('live')
  })

  it('keeps an empty weekend empty', () => {
    expect(read(`${BASE}calendar: {weekend: []}`).calendar.weekend).toEqual([])
    expect(read(`${BASE}calendar: {weekend: [Fri, 6]}`).calendar.weekend).toEqual([5, 6])
  })
})

describe('text', () => {
  it.each([
    ['200 characters', 'x'.repeat(200)],
    ['right to left', 'مسار القيمة — תהליך'],
    ['emoji', '🚀 Launch 👩‍👩‍👧‍👦 ½'],
    ['a look of YAML', 'a: [b], {c} # d'],
    ['a look of markup', '<script>alert("x")</script> & more'],
  ])('keeps names with %s', (_, name) => {
    const text = BASE.replace('name: Base', `name: ${JSON.stringify(name)}`).replace('name: Dev', `name: ${JSON.stringify(name)}`)
    const portfolio = read(text)
    expect(portfolio.name).toBe(name)
    expect(portfolio.streams[0]?.stages[1]).toMatchObject({ name, states: [name] })
  })

  it('takes ids of any script, a byte order mark, carriage returns and a flow style throughout', () => {
    expect(read(BASE.replace('id: a', 'id: поток-1')).streams[0]?.id).toBe('поток-1')
    expect(read(`\uFEFF${BASE.trimStart().replaceAll('\n', '\r\n')}`).name).toBe('Base')
    expect(read(JSON.stringify({ name: 'J', timezone: 'UTC', streams: [] }).replace('[]', streamsOfJson())).streams).toHaveLength(1)
  })

  it('reads names that mean something to JavaScript as names', () => {
    const text = BASE.replace('state: s}', 'state: s}, dimensions: {constructor: c}').replace('id: todo', 'id: constructor')
    expect(read(text).streams[0]?.sources[0]?.dimensions).toEqual({ constructor: { column: 'c', missing: 'none' } })
  })

  it('reads a date that YAML takes for one as its day', () => {
    const text = `${BASE}annotations: [{on: !!timestamp 2016-04-04, text: x}, {on: '2016-04-05', text: y}]`
    expect(read(text).annotations.map((annotation) => annotation.on)).toEqual(['2016-04-04', '2016-04-05'])
    expect(read(`%YAML 1.1\n---${BASE}annotations: [{on: 2016-04-04, text: yes}]`).annotations[0]).toMatchObject({
      on: '2016-04-04',
      text: 'yes',
    })
  })
})

function streamsOfJson(): string {
  return '[{"id":"a","sources":[{"connector":"file","path":"a","columns":{"item":"i","at":"t","state":"s"}}],"stages":[{"id":"d","kind":"done"}]}]'
}
