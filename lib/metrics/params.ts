import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { NO_VALUE } from '../model/dimension'
import type { Portfolio } from '../model/portfolio'
import { isScopeKey, joinList, scopeDimension, scopeKey, splitList } from '../model/scope'
import { GRAINS, isPreset, POLICIES, SLICE_RULES, SPANS, UNITS } from '../model/unit'
import { ownSpans, spanView } from '../model/value-stream'
import { type Fault, Problem, showValue } from '../problem'
import { parseDay } from '../time/day'
import type { Metric } from './define'
import { entryOf } from './facts/entries'

const LONGEST_NAME = 200
const LONGEST_VALUE = 10_000
const MOST_VALUES = 1_000

const day = z.string().transform((text, context) => {
  const parsed = parseDay(text)
  if (parsed !== undefined) return parsed
  context.issues.push({ code: 'custom', input: text, message: 'must be a real date written YYYY-MM-DD' })
  return z.NEVER
})

const percentiles = z.string().transform((text, context) => {
  const values = splitList(text).map(Number)
  if (values.length && values.every((value) => value > 0 && value < 100)) return [...new Set(values)].sort((a, b) => a - b)
  context.issues.push({ code: 'custom', input: text, message: 'must be numbers above 0 and below 100, separated by commas' })
  return z.NEVER
})

/** Parameters that metrics share; which of them matter to a metric, it says itself. */
const shared = z.object({
  from: day.optional().describe('first local day of the window, YYYY-MM-DD; default: the first of the history'),
  to: day.optional().describe('local day after the window, YYYY-MM-DD; default: the day after asOf'),
  asOf: day.optional().describe('local day at whose end history is cut, YYYY-MM-DD; default: the day of the last change'),
  rule: z
    .enum(SLICE_RULES)
    .optional()
    .describe('which value of a changing dimension counts; default: at_finish for finished items, else as_of'),
  span: z
    .string()
    .default('flow')
    .describe(
      'what is timed: lead from creation, flow from commitment, cycle from the start of work, each to the finish; or a span of the streams themselves, such as customer',
    ),
  unit: z
    .enum(UNITS)
    .optional()
    .describe('days: inclusive calendar days; elapsed: fractional days; workdays: days of the calendar; default: days'),
  grain: z.enum(GRAINS).optional().describe('length of a period; default: day for levels, week for counts'),
  groupBy: z.string().optional().describe('a row per value in a column group: stream, team, type, goal, priority or dim.<name>'),
  policy: z.enum(POLICIES).default('first_start_last_finish').describe('what counts when an item moves back or is reopened'),
  percentiles: percentiles.default([50, 70, 85, 95]).describe('comma-separated, above 0 and below 100'),
})

/** Zod shape of the shared parameters, for descriptions of the API and the command line. */
export const SHARED_SHAPE = shared.shape
export type SharedName = keyof typeof shared.shape
const ALWAYS_USED: readonly SharedName[] = ['from', 'to', 'asOf']

/** The dimension values an answer is limited to; a NULL stands for items without a value. */
export type SliceFilter = ReadonlyMap<string, readonly (string | null)[]>

/** Parameters in force, checked against the snapshot. */
export interface SharedParams extends z.infer<typeof shared> {
  /** Stream ids; empty: all. */
  readonly stream: readonly string[]
  readonly dimensions: SliceFilter
  /** A dimension's name, or `stream`. */
  readonly group?: string
}

export type RawParams = Readonly<Record<string, string | number | readonly string[] | undefined>>

export interface ParsedParams {
  readonly params: SharedParams & Record<string, unknown>
  /** Given but without meaning for this metric. */
  readonly ignored: readonly string[]
}

export interface ParamScope {
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
}

type Checked = z.infer<typeof shared> & Record<string, unknown>

const schemas = new WeakMap<Metric, z.ZodObject>()

/** Everything that may be asked of a metric. Made once: a schema compiles itself when it is used first, which takes as long as a small question. */
function schemaOf(metric: Metric): z.ZodObject {
  return entryOf(schemas, metric, () => shared.extend(metric.params.shape))
}

/** Checks what an address or a command line asks for. @throws Problem `bad-parameter` that names every wrong one */
export function parseParams(metric: Metric, raw: RawParams, scope: ParamScope): ParsedParams {
  const given = Object.entries(raw).flatMap(([key, value]): [string, string][] => {
    if (value === undefined) return []
    return [[key, Array.isArray(value) ? joinList(value) : String(value)]]
  })
  const faults: Fault[] = checkLengths(given)
  const known = [...Object.keys(shared.shape), ...Object.keys(metric.params.shape)]
  const isKnown = (key: string) => known.includes(key) || isScopeKey(key) || key.length > LONGEST_NAME
  for (const [key] of given) if (!isKnown(key)) faults.push(unknownParam(key, known))
  if (faults.length) throw badParams(metric, faults)

  const used = new Set<string>([...ALWAYS_USED, ...metric.uses, ...Object.keys(metric.params.shape)])
  const ignored = given.map(([key]) => key).filter((key) => !used.has(key) && !isScopeKey(key))
  const inForce = Object.fromEntries(given.filter(([key]) => !isScopeKey(key)))
  const schema = schemaOf(metric)
  const result = schema.safeParse(inForce)
  if (!result.success)
    throw badParams(metric, [
      ...result.error.issues.map((issue) => toFault(issue, inForce)),
      ...unknownSpan(inForce.span ?? 'flow', splitList(Object.fromEntries(given).stream ?? ''), scope.portfolio),
    ])
  const asked = result.data as Checked
  // What is ignored must not matter: it is checked, then its default holds.
  const values = ignored.length
    ? (schema.parse(Object.fromEntries(Object.entries(inForce).filter(([key]) => used.has(key)))) as Checked)
    : asked
  faults.push(...checkWindow(asked, inForce), ...checkContradictions(asked))

  const streams = splitList(Object.fromEntries(given).stream ?? '')
  faults.push(...streams.flatMap((id) => unknownStream(id, scope.portfolio)), ...unknownSpan(asked.span, streams, scope.portfolio))
  const dimensions = new Map<string, (string | null)[]>()
  for (const [key, value] of given) {
    const dimension = scopeDimension(key)
    if (dimension === undefined) continue
    if (!scope.dimensions.includes(dimension)) faults.push(unknownDimension(key, key, scope))
    dimensions.set(
      dimension,
      splitList(value).map((text) => (text === NO_VALUE ? null : text)),
    )
  }
  const group = groupDimension(asked.groupBy, scope, faults)
  if (faults.length) throw badParams(metric, faults)
  return { params: { ...values, stream: streams, dimensions, group: values.groupBy === undefined ? undefined : group }, ignored }
}

function checkLengths(given: readonly (readonly [string, string])[]): Fault[] {
  return given.flatMap(([key, value]) => {
    if (key.length > LONGEST_NAME) return [{ where: `${key.slice(0, 40)}…`, message: 'is not the name of a parameter' }]
    if (value.length > LONGEST_VALUE)
      return [{ where: key, message: `is longer than ${LONGEST_VALUE} characters`, value: showValue(value) }]
    if (splitList(value).length > MOST_VALUES) return [{ where: key, message: `lists more than ${MOST_VALUES} values` }]
    return []
  })
}

function unknownParam(key: string, known: readonly string[]): Fault {
  const names = [...known, 'stream', 'team', 'type', 'goal', 'priority', 'dim.<name>']
  return { where: key, message: `is no parameter of this metric; did you mean "${closest(key, names)}"?`, allowed: names }
}

function toFault(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): Fault {
  const where = issue.path.join('.') || 'parameters'
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : undefined
  const value = given[where]
  return {
    where,
    message: allowed ? 'is not one of the allowed values' : issue.message,
    value: value === undefined ? undefined : showValue(value),
    allowed,
  }
}

function checkWindow(values: z.infer<typeof shared>, given: Readonly<Record<string, string>>): Fault[] {
  if (values.from === undefined || values.to === undefined || values.from <= values.to) return []
  return [{ where: 'from', message: `must not lie after "to" (${given.to})`, value: showValue(given.from) }]
}

function checkContradictions(values: z.infer<typeof shared>): Fault[] {
  if (values.policy === 'sum_of_visits' && values.unit !== undefined && values.unit !== 'elapsed') {
    return [
      {
        where: 'unit',
        message: 'with the policy sum_of_visits only "elapsed" is meaningful: inclusive days per visit would count days twice',
        value: showValue(values.unit),
        allowed: ['elapsed'],
      },
    ]
  }
  return []
}

function unknownStream(id: string, portfolio: Portfolio): Fault[] {
  const ids = portfolio.streams.map((stream) => stream.id)
  if (ids.includes(id)) return []
  return [
    {
      where: 'stream',
      message: `is no stream of this portfolio; did you mean "${closest(id, ids)}"?`,
      value: showValue(id),
      allowed: ids.slice(0, 50),
    },
  ]
}

/** Only what the presets or a stream in scope name can be timed. */
function unknownSpan(span: string, streams: readonly string[], { streams: all }: Portfolio): Fault[] {
  if (isPreset(span)) return []
  const allowed = allowedSpans(all)
  const isKnown = allowed.includes(span)
  const asked = all.filter((stream) => !streams.length || streams.includes(stream.id))
  if (isKnown && !asked.some((stream) => spanView(stream, span) !== undefined)) {
    return [
      { where: 'span', message: 'belongs to none of the streams that are asked for', value: showValue(span), allowed: allowedSpans(asked) },
    ]
  }
  if (isKnown) return []
  return [
    {
      where: 'span',
      message: `is not one of the allowed values; did you mean "${closest(span.slice(0, 80), allowed)}"?`,
      value: showValue(span),
      allowed,
    },
  ]
}

function allowedSpans(streams: Portfolio['streams']): string[] {
  return [...SPANS, ...ownSpans(streams).map(({ id }) => id)]
}

function unknownDimension(where: string, value: string, scope: ParamScope): Fault {
  const keys = scope.dimensions.map(scopeKey)
  return {
    where,
    message: `asks for a dimension that this snapshot does not have; did you mean "${closest(value, ['stream', ...keys])}"?`,
    allowed: keys,
  }
}

function groupDimension(groupBy: string | undefined, scope: ParamScope, faults: Fault[]): string | undefined {
  if (groupBy === undefined || groupBy === 'stream') return groupBy
  const dimension = scopeDimension(groupBy)
  if (dimension !== undefined && scope.dimensions.includes(dimension)) return dimension
  faults.push({
    ...unknownDimension('groupBy', groupBy, scope),
    value: showValue(groupBy),
    allowed: ['stream', ...scope.dimensions.map(scopeKey)],
  })
  return undefined
}

function badParams(metric: Metric, faults: readonly Fault[]): Problem {
  return new Problem('bad-parameter', `The question to ${metric.name} can't be answered as asked`, { status: 400, faults })
}
