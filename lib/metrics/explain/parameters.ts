import { NO_VALUE } from '../../model/dimension'
import { joinList, scopeKey } from '../../model/scope'
import { formatDay } from '../../time/day'
import { describeMetric } from '../describe'
import { unitInForce } from '../facts/finished'
import { subjectInForce } from '../registry'
import { type Prepared, type Question, shownParams } from '../run'
import { defaultRule } from '../slice'

/** A parameter that matters to an answer. */
export interface Parameter {
  readonly name: string
  readonly meaning: string
  /** In force, as in an address; absent: none, so nothing is narrowed or split by it. */
  readonly value: string | null
  /** What holds when it is not asked for. */
  readonly default: string | null
  /** `asked`: as in the question; `cut`: asked for, but limited by the as-of day; `snapshot`, `metric`: a default that follows from these. */
  readonly origin: 'asked' | 'cut' | 'snapshot' | 'metric'
}

const SNAPSHOT_DEFAULTS = ['from', 'to', 'asOf']

/** Every parameter that matters to the metric, in force or not, and where its value came from. */
export function parametersInForce(prepared: Prepared, question: Question): Parameter[] {
  const { context, metric } = prepared
  const { manifest } = question.snapshot
  const values: Record<string, string | null> = {
    ...windowText(context.window),
    ...textsOf(shownParams(context)),
    stream: context.params.stream.length ? joinList(context.params.stream) : null,
    unit: metric.uses.includes('unit') ? unitInForce(context) : null,
    ...Object.fromEntries(
      [...context.params.dimensions].map(([name, list]) => [scopeKey(name), joinList(list.map((value) => value ?? NO_VALUE))]),
    ),
  }
  const defaults: Record<string, string> = {
    ...windowText({ from: manifest.firstDay, to: context.window.asOf + 1, asOf: manifest.lastDay }),
    rule: defaultRule(subjectInForce(metric, context.params)),
    unit: context.params.policy === 'sum_of_visits' ? 'elapsed' : 'days',
  }
  const known = describeMetric(metric).params.filter((param) => !param.name.includes('<'))
  const custom = [...context.params.dimensions.keys()].map(scopeKey).filter((name) => !known.some((param) => param.name === name))
  return [...known, ...custom.map((name) => ({ name, meaning: `only items with these values of ${name}`, default: undefined }))].map(
    (param) => {
      const value = values[param.name] ?? null
      const fallback = defaults[param.name] ?? param.default ?? null
      return { name: param.name, meaning: param.meaning, value, default: fallback, origin: originOf(param.name, value, question) }
    },
  )
}

function windowText({ from, to, asOf }: { from: number; to: number; asOf: number }): Record<string, string> {
  return { from: formatDay(from), to: formatDay(to), asOf: formatDay(asOf) }
}

/** Days of the window are told by the window itself, which has cut them. */
function textsOf(params: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown = Object.entries(params).filter(([name, value]) => value !== undefined && !SNAPSHOT_DEFAULTS.includes(name))
  return Object.fromEntries(shown.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]))
}

function originOf(name: string, value: string | null, question: Question): Parameter['origin'] {
  const asked = question.params[name]
  if (asked === undefined) return SNAPSHOT_DEFAULTS.includes(name) ? 'snapshot' : 'metric'
  return SNAPSHOT_DEFAULTS.includes(name) && String(asked) !== value ? 'cut' : 'asked'
}
