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
}

const ALWAYS: readonly SharedName[] = ['from', 'to', 'asOf']
const NARROWS = 'only items of these, comma-separated; (none) for items without a value'

/** The scope: parameters that every metric takes. */
export const SCOPE_PARAMS: readonly ParamDoc[] = [
  { name: 'stream', meaning: 'only these value streams, by id, comma-separated', required: false },
  ...['team', 'type', 'goal', 'priority', 'dim.<name>'].map((name) => ({ name, meaning: NARROWS, required: false })),
]

/** What a metric takes and gives. */
export function describeMetric(metric: Metric): MetricDescription {
  const { name, title, aka, unit, doc, source } = metric
  const shared = [...ALWAYS, ...metric.uses].map((param) => paramDoc(param, SHARED_SHAPE[param]))
  const own = Object.entries(metric.params.shape).map(([param, schema]) => paramDoc(param, schema as z.ZodType))
  const columns = Object.entries(metric.columns).map(([column, spec]) => ({ name: column, ...spec }))
  return { name, title, aka, unit, doc, source, params: [...own, ...SCOPE_PARAMS, ...shared], columns }
}

interface ParamSchema {
  readonly description?: string
  readonly enum?: readonly string[]
  readonly default?: unknown
}

function paramDoc(name: string, schema: z.ZodType): ParamDoc {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ParamSchema
  const fallback = described.default
  return {
    name,
    meaning: described.description ?? '',
    required: !schema.safeParse(undefined).success,
    ...(described.enum ? { allowed: described.enum } : {}),
    ...(fallback === undefined ? {} : { default: Array.isArray(fallback) ? fallback.join(',') : String(fallback) }),
  }
}
