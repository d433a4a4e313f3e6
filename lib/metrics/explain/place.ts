import { z } from 'zod'
import { type Fault, Problem, showValue } from '../../problem'
import { parseDay } from '../../time/day'
import type { Metric, MetricContext, Place } from '../define'
import type { ParamDoc } from '../describe'
import type { RawParams } from '../params'

const MOST_ROWS = 10_000

/** What an explanation is asked for beside the metric's own question. */
export interface Asked {
  readonly limit: number
  readonly offset: number
  readonly onDay?: number
  readonly stageId?: string
}

const count = (fallback: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value <= most, `must not be more than ${most}`)
    .default(fallback)

const day = z
  .string()
  .refine((text) => parseDay(text) !== undefined, 'must be a real date written YYYY-MM-DD')
  .transform(parseDay)

const asked = z.object({
  limit: count(100, MOST_ROWS).describe('items of a page'),
  offset: count(0, 1_000_000_000).describe('items before the page'),
  onDay: day.optional().describe('for a level: the day at whose end its items are meant; default: the last of the window'),
  stageId: z.string().max(200).optional().describe('the stage whose figure is meant'),
})

/** The parameters that an explanation takes beside those of its metric. */
export const EXPLAIN_PARAMS: readonly ParamDoc[] = Object.entries(asked.shape).map(([name, schema]) => ({
  name,
  meaning: schema.description ?? '',
  required: false,
}))

/** Takes the explanation's own parameters out of a question; those that the metric has too stay in. @throws Problem `bad-parameter` (400) */
export function takeAsked(metric: Metric, params: RawParams): { asked: Asked; params: RawParams } {
  const names = Object.keys(asked.shape)
  const own = Object.fromEntries(names.flatMap((name) => (params[name] === undefined ? [] : [[name, String(params[name])]])))
  const result = asked.safeParse(own)
  if (!result.success)
    throw badPlace(
      metric,
      result.error.issues.map((issue) => faultOf(String(issue.path[0]), issue.message, own)),
    )
  const rest = Object.entries(params).filter(([name]) => !names.includes(name) || name in metric.params.shape)
  return { asked: result.data, params: Object.fromEntries(rest) }
}

/** The number that is meant. @throws Problem `bad-parameter` (400) */
export function placeOf(metric: Metric, context: MetricContext, given: Asked): Place {
  const known = context.streams.flatMap((stream) => stream.stages.map((stage) => stage.id))
  const allowed = [...new Set([...known, 'unmapped', 'cancelled'])]
  if (given.stageId !== undefined && !allowed.includes(given.stageId)) {
    throw badPlace(metric, [{ where: 'stageId', message: 'is no stage of the streams in scope', value: showValue(given.stageId), allowed }])
  }
  const { from, to } = context.window
  return { day: Math.max(from, Math.min(given.onDay ?? to - 1, to - 1)), stageId: given.stageId }
}

function faultOf(where: string, message: string, given: Readonly<Record<string, string>>): Fault {
  return { where, message, value: showValue(given[where]) }
}

function badPlace(metric: Metric, faults: readonly Fault[]): Problem {
  return new Problem('bad-parameter', `The numbers of ${metric.name} can't be explained as asked`, { status: 400, faults })
}
