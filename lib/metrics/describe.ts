import { z } from 'zod'
import type { Columns, Metric } from './define'
import { SHARED_SHAPE, type SharedName } from './params'

/** A parameter as an address or a command line gives it: always text. */
export interface ParamDoc {
  readonly name: string
  readonly meaning: string
  readonly required: boolean
  readonly allowed?: readonly string[]
  readonly default?: string
}

/** Everything that is said of a metric, ready to be shown or sent. */
export interface MetricDescription extends Pick<Metric, 'name' | 'title' | 'aka' | 'unit' | 'doc' | 'source'> {
  readonly params: readonly ParamDoc[]
  readonly columns: readonly ({ readonly name: string } & Columns[string])[]
  readonly example: MetricExample
}

/** A question to a metric, as an address and on the command line. */
export interface MetricExample {
  readonly address: string
  readonly command: string
}

const ALWAYS: readonly SharedName[] = ['from', 'to', 'asOf']
const NARROWS = 'only items of these, comma-separated; (none) for items without a value'

/** The scope: parameters that every metric takes. */
export const SCOPE_PARAMS: readonly ParamDoc[] = [
  { name: 'stream', meaning: 'only these value streams, by id, comma-separated', required: false },
  ...['team', 'type', 'goal', 'priority', 'dim.<name>'].map((name) => ({ name, meaning: NARROWS, required: false })),
]

/** Parameters that metrics share. */
export function sharedParamDocs(): ParamDoc[] {
  return Object.entries(SHARED_SHAPE).map(([name, schema]) => paramDoc(name, schema))
}

/** What a metric takes and gives. */
export function describeMetric(metric: Metric): MetricDescription {
  const { name, title, aka, unit, doc, source } = metric
  const shared = [...ALWAYS, ...metric.uses].map((param) => paramDoc(param, SHARED_SHAPE[param]))
  const own = Object.entries(metric.params.shape).map(([param, schema]) => paramDoc(param, schema as z.ZodType))
  const columns = Object.entries(metric.columns).map(([column, spec]) => ({ name: column, ...spec }))
  return { name, title, aka, unit, doc, source, params: [...own, ...SCOPE_PARAMS, ...shared], columns, example: exampleOf(metric) }
}

/** Parameters that show what can be asked for, and mean something in every portfolio. */
const TYPICAL: Readonly<Partial<Record<SharedName, string>>> = { span: 'lead', grain: 'month', groupBy: 'stream', percentiles: '50,85' }

/** A question that the metric answers; what only the data can tell stands in capitals. Parameters given beside go along. */
export function exampleOf(metric: Metric, given: Readonly<Record<string, string>> = {}): MetricExample {
  const needed = Object.entries(metric.params.shape).filter(([, schema]) => !(schema as z.ZodType).safeParse(undefined).success)
  const params: [string, string][] = [
    ...needed.map(([name]): [string, string] => [name, name.toUpperCase()]),
    ...Object.entries(given),
    ...metric.uses.flatMap((name): [string, string][] => (TYPICAL[name] === undefined ? [] : [[name, TYPICAL[name]]])),
  ]
  const search = [...params, ['format', 'json']].map(([name, value]) => `${name}=${value}`).join('&')
  return {
    address: `/api/snapshots/current/metrics/${metric.name}?${search}`,
    command: ['npx streamgauge query', metric.name, ...params.map(([name, value]) => `--${name} ${value}`)].join(' '),
  }
}

interface ParamSchema {
  readonly description?: string
  readonly enum?: readonly string[]
}

function paramDoc(name: string, schema: z.ZodType): ParamDoc {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ParamSchema
  const whenAbsent = schema.safeParse(undefined)
  const fallback: unknown = whenAbsent.data
  return {
    name,
    meaning: described.description ?? '',
    required: !whenAbsent.success,
    ...(described.enum ? { allowed: described.enum } : {}),
    ...(fallback === undefined ? {} : { default: Array.isArray(fallback) ? fallback.join(',') : String(fallback) }),
  }
}
