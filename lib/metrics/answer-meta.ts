import { NO_VALUE } from '../model/dimension'
import { scopeKey } from '../model/scope'
import { formatDay } from '../time/day'
import type { Answer } from './run'

/** What an answer says of itself, beside its rows. */
export interface AnswerMeta {
  readonly metric: string
  readonly title: string
  readonly unit: string
  readonly snapshot: string
  /** Local days, YYYY-MM-DD; the window is `[from, to)`. */
  readonly as_of: string
  readonly from: string
  readonly to: string
  /** Parameters in force, defaults filled in, named as in an address. */
  readonly params: Readonly<Record<string, unknown>>
  /** Given but without meaning for this metric. */
  readonly ignored: readonly string[]
  /** What a reader must know to read the figures right. */
  readonly notes: readonly string[]
}

/** The answer's own description of itself. */
export function answerMeta(answer: Answer, snapshot: string): AnswerMeta {
  const { metric, window, ignored } = answer
  return {
    metric: metric.name,
    title: metric.title,
    unit: metric.unit,
    snapshot,
    as_of: formatDay(window.asOf),
    from: formatDay(window.from),
    to: formatDay(window.to),
    params: paramsInForce(answer),
    ignored,
    notes: notesOn(answer),
  }
}

function paramsInForce(answer: Answer): Record<string, unknown> {
  const { metric, params } = answer
  const named = [...metric.uses, ...Object.keys(metric.params.shape)].filter((name) => params[name] !== undefined)
  const slices = [...params.dimensions].map(([dimension, values]) => [scopeKey(dimension), values.map((value) => value ?? NO_VALUE)])
  const streams = params.stream.length ? [['stream', params.stream]] : []
  return Object.fromEntries([...streams, ...slices, ...named.map((name) => [name, params[name]])])
}

function notesOn(answer: Answer): string[] {
  const { params, ignored, metric } = answer
  const notes = ignored.length ? [`${ignored.join(', ')}: without meaning for ${metric.name}, and ignored`] : []
  if (params.rule === 'ever' && (params.group !== undefined || params.dimensions.size)) {
    notes.push('Under the rule "ever" an item counts in every slice in which it ever was: slices overlap and their totals do not add up')
  }
  return notes
}
