import { describe, expect, it } from 'vitest'
import { faultText } from '@/lib/problem'
import { faultsOf, fixture } from './fixtures/read'

const EXAMPLE = fixture('issue-example.yaml')
const SERVICE = fixture('incidents.yaml')
const BOARDS = fixture('board-export.yaml')

/** [what is replaced, by what, the faults that must come of it, in order] in the example of the issue. */
const IN_EXAMPLE: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'name: IT service',
    'nmae: IT service',
    [
      'p.yaml:1 name: is required',
      'p.yaml:1 nmae: unknown key; did you mean "name"? (got "nmae"; allowed: name, timezone, calendar, streams, goals, kpis, annotations)',
    ],
  ],
  ['name: IT service', 'name:', ['p.yaml:1 name: must be text, but nothing stands here (got null)']],
  ['name: IT service', 'name: "a\\nb"', ['p.yaml:1 name: must stand on one line, without control characters (got "a\nb")']],
  [
    'timezone: UTC\ncalendar',
    'timezone: Europe/Berln\ncalendar',
    ['p.yaml:2 timezone: is no time zone of the IANA list; did you mean "Europe/Berlin"? (got "Europe/Berln"; allowed: Europe/Berlin,'],
  ],
  [
    'timezone: UTC\ncalendar',
    'timezone: europe/berlin\ncalendar',
    ['p.yaml:2 timezone: is no time zone of the IANA list; did you mean "Europe/Berlin"?'],
  ],
  ['timezone: UTC\ncalendar', 'timezone: "+02:00"\ncalendar', ['p.yaml:2 timezone: is no time zone of the IANA list']],
  [
    '[sat, sun]',
    '[sta, sun]',
    ['p.yaml:3 calendar.weekend[0]: is no day of the week; did you mean "sat"? (got "sta"; allowed: mon, tue, wed, thu, fri, sat, sun)'],
  ],
  ['[sat, sun]', '[mon, tue, wed, thu, fri, sat, sun]', ['p.yaml:3 calendar.weekend: leaves no working day in the week']],
  [
    'holidays: []',
    'holidays: [2016-02-30, 4.4.2016, 2016]',
    [
      'p.yaml:3 calendar.holidays[0]: there is no such day (got "2016-02-30")',
      'p.yaml:3 calendar.holidays[1]: must be a date written YYYY-MM-DD (got "4.4.2016")',
      'p.yaml:3 calendar.holidays[2]: must be a date written YYYY-MM-DD (got 2016)',
    ],
  ],
  [
    'holidays: []',
    'holiday: []',
    ['p.yaml:3 calendar.holiday: unknown key; did you mean "holidays"? (got "holiday"; allowed: weekend, holidays)'],
  ],
  [
    'connector: file',
    'connector: fiel',
    ['p.yaml:8 streams[0].sources[0].connector: there is no such connector; did you mean "file"? (got "fiel"; allowed: file)'],
  ],
  [
    'connector: file',
    'connector: constructor',
    ['p.yaml:8 streams[0].sources[0].connector: there is no such connector (got "constructor"; allowed: file)'],
  ],
  [
    'path: incident',
    'pth: incident',
    ['p.yaml:8 streams[0].sources[0].path: is required', 'p.yaml:9 streams[0].sources[0].pth: unknown key; did you mean "path"?'],
  ],
  [
    'layout: changes ',
    'layout: change ',
    [
      'p.yaml:10 streams[0].sources[0].layout: is not one of the allowed values; did you mean "changes"? (got "change"; allowed: changes, stages)',
    ],
  ],
  [
    'state: incident_state}',
    'staet: incident_state}',
    ['p.yaml:11 streams[0].sources[0].columns.staet: unknown key; did you mean "state"?', 'columns.state: is required in layout changes'],
  ],
  ['state: incident_state}', 'type: t}', ['p.yaml:11 streams[0].sources[0].columns.state: is required in layout changes']],
  [
    "'%d/%m/%Y %H:%M'",
    "'%d/%m %H:%M'",
    ['p.yaml:12 streams[0].sources[0].timestamps.format: must hold a year (%Y), a month (%m or %b) and a day (%d) (got "%d/%m %H:%M")'],
  ],
  ['timezone: UTC}', 'timezone: UCT5}', ['p.yaml:12 streams[0].sources[0].timestamps.timezone: is no time zone of the IANA list']],
  ["nulls: ['?']", "nulls: '?'", ['p.yaml:13 streams[0].sources[0].nulls: must be a list (got "?")']],
  [
    'product: category}',
    'Product: category}',
    [
      'p.yaml:14 streams[0].sources[0].dimensions.Product: is no name for a dimension',
      'goals[0].match.product: is no dimension of this portfolio; did you mean "Product"?',
    ],
  ],
  [
    'product: category}',
    'product: {colum: x}}',
    [
      'streams[0].sources[0].dimensions.product.column: is required',
      'dimensions.product.colum: unknown key; did you mean "column"? (got "colum"; allowed: column, missing)',
    ],
  ],
  [
    'product: category}',
    'product: {column: x, missing: cary}}',
    ['dimensions.product.missing: is not one of the allowed values; did you mean "carry"? (got "cary"; allowed: none, carry)'],
  ],
  ['product: category}', 'product: [category]}', ['dimensions.product: must be text or a map (key: value) (got ["category"])']],
  [
    'defect: [Bug, Incident]}',
    'defects: [Bug], risk: [Story]}',
    [
      'streams[0].types.defects: is no flow item type; did you mean "defect"? (got "defects"; allowed: feature, defect, risk, debt)',
      'streams[0].types.risk[0]: this type stands for "feature" already (got "Story")',
    ],
  ],
  [
    'kind: active, states',
    'kind: actve, states',
    ['streams[0].stages[1].kind: is not one of the allowed values; did you mean "active"? (got "actve"; allowed: queue, active, done)'],
  ],
  ['wipLimit: 800', 'wiplimit: 800', ['streams[0].stages[1].wiplimit: unknown key; did you mean "wipLimit"?']],
  ['wipLimit: 800', 'wipLimit: 0', ['streams[0].stages[1].wipLimit: must be at least 1 (got 0)']],
  ['wipLimit: 800', 'wipLimit: 1.5', ['streams[0].stages[1].wipLimit: must be a whole number (got 1.5)']],
  ['wipLimit: 800', 'wipLimit: many', ['streams[0].stages[1].wipLimit: must be a number (got "many")']],
  [
    '{id: active,',
    '{id: new,',
    [
      'streams[0].stages[1].id: is the id of stages[0] already (got "new")',
      'streams[0].committed: names no stage of this stream (got "active"; allowed: new, waiting, done)',
    ],
  ],
  [
    '{id: waiting,',
    '{id: unmapped,',
    ['streams[0].stages[2].id: is a name of our own for states outside the workflow; choose another id (got "unmapped")'],
  ],
  ['{id: waiting,', '{id: cancelled,', ['streams[0].stages[2].id: is a name of our own']],
  ['{id: waiting,', '{id: "a,b",', ['streams[0].stages[2].id: must be letters, digits, "-", "_" or "."']],
  ['{id: waiting,', `{id: ${'w'.repeat(81)},`, ['streams[0].stages[2].id: must be letters, digits']],
  [
    'states: [Active]',
    'states: [Active, New, Active]',
    [
      'stages[1].states[1]: this state belongs to stage "new" already (got "New")',
      'stages[1].states[2]: this state stands here twice (got "Active")',
    ],
  ],
  ['cancelled: []', 'cancelled: [Closed]', ['streams[0].cancelled[0]: this state belongs to stage "done" already (got "Closed")']],
  [
    'kind: done, states',
    'kind: queue, states',
    ['p.yaml:18 streams[0].stages: no stage is done; give the one that finishes an item the kind done'],
  ],
  [
    'kind: done, states',
    'kind: done, waiting: [Parked], states',
    ['streams[0].stages[3].waiting: only an active stage has waiting states of its own; this one is done'],
  ],
  ['committed: active', 'commited: active', ['streams[0].commited: unknown key; did you mean "committed"?']],
  [
    'committed: active',
    'committed: actve',
    ['streams[0].committed: names no stage of this stream; did you mean "active"? (got "actve"; allowed: new, active, waiting, done)'],
  ],
  [
    'committed: active',
    'committed: waiting',
    [
      'streams[0].committed: started "active" (by default the first active stage) stands before committed "waiting": work cannot start before it is committed',
    ],
  ],
  ['committed: active', 'committed: active\n    started: new', ['streams[0].started: started "new" stands before committed "active"']],
  [
    'committed: active',
    'finished: active',
    [
      'streams[0].stages[1].kind: stage "active" finishes the items, so its kind must be done',
      'streams[0].stages[2].kind: stage "waiting" stands after finished "active", so its kind must be done (got "queue")',
    ],
  ],
  [
    'committed: active',
    'committed: active\n    finished: new',
    [
      'stages[0].kind: stage "new" finishes the items',
      'stages[1].kind: stage "active" stands after',
      'stages[2].kind: stage "waiting" stands after',
      'streams[0].committed: committed "active" stands after finished "new"',
      'streams[0].finished: started "active" (by default the first active stage) stands after finished "new"',
    ].toSorted(),
  ],
  [
    'percentile: 85, days: 10}',
    'percentile: 100, days: 0}',
    ['streams[0].sle.percentile: must be at most 99 (got 100)', 'streams[0].sle.days: must be at least 1 (got 0)'],
  ],
  ['percentile: 85, days: 10}', 'percentile: 85}', ['streams[0].sle.days: is required']],
  ['level: strategic', 'level: strategc', ['goals[0].level: is not one of the allowed values; did you mean "strategic"?']],
  ['due: 2016-12-31, match', 'due: 2016-13-31, match', ['goals[0].due: there is no such day (got "2016-13-31")']],
  [
    'match: {product:',
    'match: {prodct:',
    [
      'goals[0].match.prodct: is no dimension of this portfolio; did you mean "product"? (got "prodct"; allowed: team, type, goal, priority, product)',
    ],
  ],
  [
    'goal: restore, area: time',
    'goal: resotre, area: time',
    ['kpis[0].goal: names no goal; did you mean "restore"? (got "resotre"; allowed: restore)'],
  ],
  ['area: time-to-market', 'area: time-to-markt', ['kpis[0].area: is not one of the allowed values; did you mean "time-to-market"?']],
  ['metric: span-percentiles', 'metric: span-percentile', ['kpis[0].metric: there is no such metric; did you mean "span-percentiles"?']],
  [
    'metric: span-percentiles',
    'metric: span-percentiles, series: csat.csv',
    ['kpis[0].series: a KPI is measured by a metric or by a series, not by both'],
  ],
  [
    'metric: span-percentiles, ',
    '',
    [
      'kpis[0]: needs a metric (measured from the flow) or a series (a file of dated values)',
      'kpis[0].span: belongs to a KPI with a metric (got "lead")',
      'kpis[0].percentile:',
      'kpis[0].grain:',
      'kpis[0].scope:',
    ].toSorted(),
  ],
  [
    'span: lead',
    'span: leed',
    ['kpis[0].span: is not one of the allowed values; did you mean "lead"? (got "leed"; allowed: lead, flow, cycle)'],
  ],
  ['percentile: 85, scope', 'percentile: 0, scope', ['kpis[0].percentile: must be at least 1 (got 0)']],
  ['percentile: 85, scope', 'scope', ['kpis[0].percentile: is required with span-percentiles, which has one value per percentile']],
  ['grain: month', 'grain: moth', ['kpis[0].grain: is not one of the allowed values; did you mean "month"?']],
  [
    'scope: {stream: incidents}, grain',
    'scope: {straem: incidents}, grain',
    [
      'kpis[0].scope.straem: is no dimension of this portfolio; did you mean "stream"? (got "straem"; allowed: stream, team, type, goal, priority, dim.product)',
    ],
  ],
  [
    'scope: {stream: incidents}, grain',
    'scope: {stream: [incident], goal: x}, grain',
    ['kpis[0].scope.goal: names no goal (got "x"; allowed: restore)', 'kpis[0].scope.stream: names no stream; did you mean "incidents"?'],
  ],
  [
    'scope: {stream: incidents}, grain',
    'scope: {product: a, dim.product: b}, grain',
    ['kpis[0].scope["dim.product"]: stands here already as dim.product'],
  ],
  [
    'direction: lower, baseline: 12, target: 8',
    'direction: lower, baseline: 8, target: 12',
    ['kpis[0].target: lies above the baseline 8, but direction says lower is better (got 12)'],
  ],
  [
    'direction: higher, baseline: 3.9, target: 4.5',
    'direction: higher, baseline: 4.5, target: 3.9',
    ['kpis[1].target: lies below the baseline 4.5, but direction says higher is better (got 3.9)'],
  ],
  ['direction: higher, baseline', 'direction: within, baseline', ['kpis[1].tolerance: is required when direction is within']],
  [
    'direction: higher, baseline',
    'direction: higher, tolerance: -1, baseline',
    ['kpis[1].tolerance: has no meaning when direction is higher (got -1)', 'kpis[1].tolerance: must not be negative (got -1)'],
  ],
  ['target: 4.5', 'target: much', ['kpis[1].target: must be a number (got "much")']],
  ['id: csat', 'id: resolve-p85', ['kpis[1].id: is the id of kpis[0] already']],
  ['series: csat.csv', 'series: nps.csv', ['kpis[1].series: there is no such file beside this one (got "nps.csv")']],
  ['series: csat.csv', 'series: csat.csv, span: lead', ['kpis[1].span: belongs to a KPI with a metric (got "lead")']],
  ['until: 2016-04-08', 'until: 2016-04-01', ['annotations[0].until: lies before on, 2016-04-04 (got "2016-04-01")']],
  ['kind: release', 'kind: relaese', ['annotations[0].kind: is not one of the allowed values; did you mean "release"?']],
  ['text: New triage desk', "text: ''", ['annotations[0].text: must not be empty']],
  ['on: 2016-04-04', 'at: 2016-04-04', ['annotations[0].on: is required', 'annotations[0].at: unknown key']],
  [
    'streams:',
    'strems:',
    [
      'streams: is required',
      'strems: unknown key; did you mean "streams"?',
      'stream: names no stream',
      'scope.stream: names no stream',
      'match.product: is no dimension',
    ].toSorted(),
  ],
]

const IN_OTHERS: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    SERVICE,
    'parent: service',
    'parent: servce',
    ['goals[1].parent: names no goal; did you mean "service"? (got "servce"; allowed: service, restore, triage)'],
  ],
  [
    SERVICE,
    'level: intermediate',
    'level: immediate',
    ['goals[2].parent: "restore" is immediate, which is not above immediate (strategic > intermediate > immediate) (got "restore")'],
  ],
  [
    SERVICE,
    'level: strategic,',
    'level: strategic, parent: triage,',
    ['goals[0].parent: leads back to this very goal (got "triage")', 'goals[1].parent: leads back', 'goals[2].parent: leads back'],
  ],
  [SERVICE, 'level: strategic,', 'level: strategic, parent: service,', ['goals[0].parent: leads back to this very goal (got "service")']],
  [SERVICE, 'id: triage', 'id: restore', ['goals[2].id: is the id of goals[1] already', 'kpis[1].goal: names no goal']],
  [
    BOARDS,
    'backlog: Backlog,',
    'backlgo: Backlog,',
    [
      'streams[0].sources[0].stageColumns.backlgo: names no stage of this stream; did you mean "backlog"? (got "backlgo"; allowed: backlog, committed, build, test, done)',
    ],
  ],
  [BOARDS, 'id: query', 'id: board', ['streams[1].id: is the id of streams[0] already']],
  [
    BOARDS,
    'layout: stages, columns: {item: ID,',
    'layout: stages, columns: {at: Date, item: ID,',
    ['sources[0].columns.at: has no place in layout stages'],
  ],
  [BOARDS, 'timezone: Europe/Zurich', 'timezone: Europe/Zurich\nname: Again', ['p.yaml:4 name: this key stands here twice']],
  [BOARDS, 'stages: *two', 'stages: *tow', ['streams[2].stages: alias *tow names no anchor above it', 'streams[2].stages: is required']],
  [
    BOARDS,
    'stages: *two',
    '<<: *two\n    stages: *two',
    ['streams[2]["<<"]: merge keys are not read; name a whole value by an alias instead'],
  ],
]

function check(text: string, from: string, to: string, expected: readonly string[]): void {
  expect(text).toContain(from)
  const found = faultsOf(text.replace(from, to)).map(faultText)
  for (const line of expected)
    expect(
      found.some((text) => text.includes(line)),
      `${line}\n— in —\n${found.join('\n')}`,
    ).toBe(true)
  expect(found, found.join('\n')).toHaveLength(expected.length)
}

describe('every message names file, line, path, value and the nearest valid name', () => {
  it.each(IN_EXAMPLE)('%s → %s', (from, to, expected) => check(EXAMPLE, from, to, expected))
  it.each(IN_OTHERS)('other file: %#', (text, from, to, expected) => check(text, from, to, expected))

  it('lists faults of all parts at once, in the order of the file', () => {
    const text = EXAMPLE.replace('timezone: UTC\n', 'timezone: UCT9\n')
      .replace('kind: queue', 'kind: queu')
      .replace('grain: month', 'grain: moth')
    const lines = faultsOf(text).map((fault) => Number(/:(\d+) /.exec(fault.where)?.[1]))
    expect(lines).toHaveLength(3)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  })

  it('says how many faults it leaves out', () => {
    const goals = Array.from({ length: 600 }, (_, index) => `  - {id: g${index}, level: hgih}`).join('\n')
    const faults = faultsOf(`name: x\ntimezone: UTC\nstreams: []\ngoals:\n${goals}`)
    expect(faults).toHaveLength(501)
    expect(faults.at(-1)).toEqual({ where: 'p.yaml', message: 'and 101 more' })
  })

  it('says that a portfolio without goals has none', () => {
    const text = EXAMPLE.replace(/goals:.*\n.*\n/, '')
    expect(faultsOf(text).map(faultText)[0]).toContain('names no goal: the file has none; add one under goals')
  })

  it('does not check metrics when none are handed in', () => {
    expect(() => faultsOf(EXAMPLE.replace('metric: span-percentiles', 'metric: anything'), { metricNames: undefined })).toThrow(
      'expected a Problem',
    )
  })
})
