import { z } from 'zod'
import { CORE_DIMENSIONS, isDimensionName } from '@/lib/model/dimension'
import { textField, zoneField } from '@/lib/model/field'
import type { SourceConfig } from '@/lib/model/value-stream'
import { formatFault } from './timestamp-format'

const FILE_LAYOUTS = ['changes', 'stages'] as const
export type FileLayout = (typeof FILE_LAYOUTS)[number]

const FILE_ENCODINGS = ['utf-8', 'utf-16', 'latin-1'] as const
export type FileEncoding = (typeof FILE_ENCODINGS)[number]

/** Columns that describe an item; all may be absent. */
const DETAIL_COLUMNS = ['key', 'title', 'url', 'created', 'blocked'] as const
export type DetailColumn = (typeof DETAIL_COLUMNS)[number]

export interface DimensionColumn {
  readonly column: string
  /** What a blank means: `none`, no value; `carry`, unchanged. */
  readonly missing: 'none' | 'carry'
}

/** A file source with its defaults filled in. Column names are the file's own, or with `query` those that the query yields. */
export interface FileSource {
  readonly connector: 'file'
  /** As written: relative to the folder of the portfolio file, or absolute; may be globs. */
  readonly path: readonly string[]
  readonly layout: FileLayout
  /** A SELECT from `source` that yields item, at, state and more; only with layout `changes`. */
  readonly query?: string
  /** Layout `changes` always has `at` and `state`; layout `stages` may have `state` (the present one) and never `at`. */
  readonly columns: { readonly item: string; readonly at?: string; readonly state?: string } & Readonly<
    Partial<Record<DetailColumn, string>>
  >
  /** Layout `stages`: stage id → its date column, in the order written; empty with layout `changes`. */
  readonly stageColumns: Readonly<Record<string, string>>
  /** Without `format`: ISO 8601, or the file's own instants. Without `timezone`: the stream's zone, for texts that name no offset. */
  readonly timestamps: { readonly format?: string; readonly timezone?: string }
  /** Texts that mean "no value"; the empty text is always among them. */
  readonly nulls: readonly string[]
  /** Every dimension, also those that stood under `columns`. */
  readonly dimensions: Readonly<Record<string, DimensionColumn>>
  /** Absent: found out from the file. */
  readonly delimiter?: string
  readonly encoding: FileEncoding
}

const QUERY_COLUMNS: z.output<typeof columnsInput> = { item: 'item', at: 'at', state: 'state' }

const column = () => textField(500)

const columnsInput = z.strictObject({
  item: column().describe("Column of the item's id"),
  at: column().optional().describe('Column of the instant of a change (layout changes)'),
  state: column().optional().describe('Column of the state after a change; layout stages: of the present state, to tell cancelled items'),
  key: column().optional().describe('Column of the key that people use, where it differs from the id'),
  title: column().optional(),
  url: column().optional().describe('Column of the address of the item in its tracker'),
  created: column().optional().describe('Column of the time of creation'),
  blocked: column().optional().describe('Column that says whether the item is blocked'),
  type: column().optional(),
  team: column().optional(),
  goal: column().optional(),
  priority: column().optional(),
})

const dimensionInput = z.union([
  column(),
  z.strictObject({
    column: column(),
    missing: z.enum(['none', 'carry']).optional().describe('What a blank means; carry: unchanged; default: none'),
  }),
])

const dimensionName = z
  .string()
  .refine(isDimensionName, 'is no name for a dimension: lower-case letters, digits and _, at most 40, a letter first')

const filePath = () => column().refine((path) => !/^[a-z][a-z0-9+]+:\/\//i.test(path), 'must be a file, not an address')

const optionsInput = z.strictObject({
  path: z.union([filePath(), z.array(filePath()).min(1)]).describe('File or files, relative to this file; globs allowed'),
  layout: z
    .enum(FILE_LAYOUTS)
    .optional()
    .describe('changes: a row per change (default); stages: a row per item with a date column per stage'),
  columns: columnsInput.optional().describe('Which column of the file is what'),
  stageColumns: z.record(column(), column()).optional().describe('Layout stages: stage id → its date column'),
  query: textField(20_000).optional().describe('Instead of columns: a SELECT from source that yields item, at, state and more'),
  timestamps: z
    .strictObject({
      format: column().superRefine(checkFormat).optional().describe('strptime format, e.g. %d/%m/%Y %H:%M; default: ISO 8601'),
      timezone: zoneField().optional().describe('IANA zone of instants without an offset; default: the one of the stream'),
    })
    .optional(),
  nulls: z
    .array(z.union([textField(), z.literal('')]))
    .optional()
    .describe('Texts that mean: no value'),
  dimensions: z.record(dimensionName, dimensionInput).optional().describe('Dimension name → column; values may change over time'),
  delimiter: z.string().length(1, 'must be one character').optional(),
  encoding: z.enum(FILE_ENCODINGS).optional(),
})

type OptionsInput = z.output<typeof optionsInput>

/** Options of the file connector, without the key `connector`; gives a `FileSource`, and the same again from its own options. */
export const fileOptions = optionsInput.superRefine(checkOptions).transform(normalise)

/** A configured file source, whether its defaults are filled in already or not. Throws ZodError when it is none. */
export function normaliseFileSource(source: SourceConfig): FileSource {
  const { connector: _, ...options } = source
  return fileOptions.parse(options)
}

/** A query's source once it is known which columns the query yields: details and core dimensions count by their names. */
export function withQueryColumns(source: FileSource, yielded: readonly string[]): FileSource {
  const details = DETAIL_COLUMNS.filter((name) => yielded.includes(name)).map((name) => [name, name])
  const core = CORE_DIMENSIONS.filter((name) => yielded.includes(name)).map((name) => [name, { column: name, missing: 'none' }])
  return {
    ...source,
    columns: { ...source.columns, ...Object.fromEntries(details) },
    dimensions: { ...Object.fromEntries(core), ...source.dimensions },
  }
}

function checkFormat(format: string, context: z.core.$RefinementCtx<string>): void {
  const message = formatFault(format)
  if (message) context.addIssue({ code: 'custom', message })
}

function checkOptions(options: OptionsInput, context: z.core.$RefinementCtx<OptionsInput>): void {
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  const { columns, dimensions = {} } = options
  const layout = layoutOf(options)
  if (options.query !== undefined) checkQuery(options, fault)
  else if (!columns) fault(['columns'], 'is required (or a query)')
  else if (layout === 'changes') {
    for (const name of ['at', 'state'] as const) if (columns[name] === undefined) fault(['columns', name], 'is required in layout changes')
  }
  if (layout === 'stages' && !Object.keys(options.stageColumns ?? {}).length && options.query === undefined)
    fault(['stageColumns'], 'is required in layout stages')
  if (layout === 'stages' && columns?.at !== undefined)
    fault(['columns', 'at'], 'has no place in layout stages: each stage has its date column')
  if (layout === 'changes' && Object.keys(options.stageColumns ?? {}).length) fault(['stageColumns'], 'has no place in layout changes')
  for (const name of CORE_DIMENSIONS) {
    if (columns?.[name] !== undefined && dimensions[name] !== undefined) fault(['dimensions', name], 'stands under columns already')
  }
}

function checkQuery(options: OptionsInput, fault: (path: string[], message: string) => void): void {
  const { item, at, state } = options.columns ?? QUERY_COLUMNS
  if (item !== 'item' || at !== 'at' || state !== 'state') fault(['columns'], 'has no place beside a query: the query names the columns')
  if (layoutOf(options) === 'stages') fault(['query'], 'has no place in layout stages: a query yields changes (item, at, state)')
  if (!/^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*(?:select|with|from)\b/i.test(options.query ?? ''))
    fault(['query'], 'must be a SELECT from source')
}

function layoutOf(options: OptionsInput): FileLayout {
  return options.layout ?? (Object.keys(options.stageColumns ?? {}).length ? 'stages' : 'changes')
}

function normalise(options: OptionsInput): FileSource {
  const { path, query, columns, delimiter, timestamps = {} } = options
  const { type, team, goal, priority, ...own } = columns ?? QUERY_COLUMNS
  const core = Object.entries({ team, type, goal, priority }).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))
  const dimensions = [...core, ...Object.entries(options.dimensions ?? {})].map(([name, given]) => [name, dimensionColumn(given)] as const)
  return {
    connector: 'file',
    path: typeof path === 'string' ? [path] : path,
    layout: layoutOf(options),
    ...(query === undefined ? {} : { query }),
    columns: own,
    stageColumns: options.stageColumns ?? {},
    timestamps,
    nulls: [...new Set(['', ...(options.nulls ?? [])])],
    dimensions: Object.fromEntries(dimensions),
    ...(delimiter === undefined ? {} : { delimiter }),
    encoding: options.encoding ?? 'utf-8',
  }
}

function dimensionColumn(given: string | { column: string; missing?: 'none' | 'carry' }): DimensionColumn {
  return typeof given === 'string' ? { column: given, missing: 'none' } : { column: given.column, missing: given.missing ?? 'none' }
}
