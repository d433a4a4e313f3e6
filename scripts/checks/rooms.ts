export interface Room {
  readonly name: string
  /** a path belongs to the first room, in order of this list, that it begins with */
  readonly begins: string
  readonly mayImport: readonly string[]
  /** rooms of which it may use types, and nothing that runs */
  readonly mayImportTypes?: readonly string[]
  /** also runs in a browser: no module of Node */
  readonly runsInBrowser?: true
  readonly reason: string
}

const KERNEL = 'the kernel is pure and stands alone, so that everything may rest on it'
const SEALED = 'scripts and app alone put parts together; a part that reaches sideways can no longer be changed or tested alone'

/** The table of lib/README.md. Its own room and `problem` are open to everybody. */
export const ROOMS: readonly Room[] = [
  { name: 'time', begins: 'lib/time/', mayImport: [], runsInBrowser: true, reason: KERNEL },
  { name: 'stats', begins: 'lib/stats/', mayImport: [], runsInBrowser: true, reason: KERNEL },
  { name: 'problem', begins: 'lib/problem.ts', mayImport: [], runsInBrowser: true, reason: KERNEL },
  { name: 'log', begins: 'lib/log.ts', mayImport: [], reason: KERNEL },
  {
    name: 'the sql tag',
    begins: 'lib/engine/sql.ts',
    mayImport: [],
    reason: 'history and connectors use it, so it is text and values alone',
  },
  {
    name: 'model',
    begins: 'lib/model/',
    mayImport: ['time'],
    runsInBrowser: true,
    reason: 'the vocabulary is shared by server and browser and knows none who speak it',
  },
  {
    name: 'engine',
    begins: 'lib/engine/',
    mayImport: ['the sql tag', 'log', 'stats'],
    reason: 'an engine runs queries and knows nothing of flow, so that another can take its place',
  },
  { name: 'history', begins: 'lib/history/', mayImport: ['model', 'time', 'the sql tag'], reason: SEALED },
  {
    name: 'connectors',
    begins: 'lib/connectors/',
    mayImport: ['history', 'model', 'time', 'the sql tag'],
    reason: 'a connector ends in the history; what is made of it later must not shape how a source is read',
  },
  {
    name: 'config',
    begins: 'lib/config/',
    mayImport: ['model', 'time'],
    reason: 'names of metrics and schemas of connectors are handed in, or they and the configuration would go in a circle',
  },
  {
    name: 'snapshot',
    begins: 'lib/snapshot/',
    mayImport: ['engine', 'the sql tag', 'history', 'model', 'time'],
    reason: 'a snapshot is made of history, whatever source wrote it and whatever metric reads it',
  },
  {
    name: 'metrics',
    begins: 'lib/metrics/',
    mayImport: ['engine', 'the sql tag', 'snapshot', 'model', 'time', 'stats'],
    reason: 'a metric reads snapshots; it must give the same rows to API, command line and tests',
  },
  { name: 'records', begins: 'lib/records/', mayImport: ['model', 'time'], reason: SEALED },
  {
    name: 'demo',
    begins: 'lib/demo/',
    mayImport: ['model', 'time', 'stats'],
    reason: 'the simulation must not know how it will be measured',
  },
  {
    name: 'charts',
    begins: 'lib/charts/',
    mayImport: ['model', 'time', 'stats'],
    mayImportTypes: ['metrics'],
    runsInBrowser: true,
    reason: 'a chart is a pure function of columns; a run-time import of metrics would take the server into the browser',
  },
  {
    name: 'client',
    begins: 'lib/client/',
    mayImport: ['model', 'time'],
    mayImportTypes: ['metrics'],
    runsInBrowser: true,
    reason: 'it runs in the browser; a run-time import of metrics would take the server with it',
  },
  {
    name: 'app in the browser',
    begins: 'app/ (reached from a file with "use client")',
    mayImport: ['app', 'client', 'charts', 'model', 'time', 'stats'],
    mayImportTypes: ['metrics', 'snapshot', 'records', 'connectors', 'engine'],
    runsInBrowser: true,
    reason: 'it runs in the browser; metrics, snapshots and engines belong to server files',
  },
  {
    name: 'app',
    begins: 'app/',
    mayImport: [
      'app in the browser',
      'client',
      'charts',
      'model',
      'metrics',
      'snapshot',
      'records',
      'config',
      'connectors',
      'engine',
      'time',
      'stats',
      'log',
    ],
    reason: 'pages and routes put parts together, but write no SQL and read no source',
  },
]
