import { type ColumnTable, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import type { ValueStream } from '../../model/value-stream'
import { conditionalRisk, type Survival, survivalOf } from '../../stats/survival-share'
import type { MetricContext } from '../define'
import { lengthCounts } from './finished'

/** How an unfinished item compares with finished ones by its stream and age. */
interface Comparison {
  /** Share of finished items that took as long or less, in percent. */
  readonly rank: number | undefined
  /** Risk of missing the expectation, 0 … 1. */
  readonly risk: number | undefined
  /** Days of the stream's expectation. */
  readonly expected: number | undefined
}

/** What can be said of an unfinished item by its stream, position and age. */
export interface Judgement extends Comparison {
  readonly stageId: string
}

export type Judge = (streamId: string, position: number, age: number) => Judgement

/** How many days finished items of each stream took, by which unfinished ones are judged: `stream_id, span_days, item_count`, in no order. */
export function experienceCounts(context: MetricContext): Sql {
  return sql`SELECT stream_id, span_value AS span_days, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${lengthCounts(peersOf(context))}) AS finished
    GROUP BY stream_id, span_value`
}

/** Experience is how many days finished items of the same stream and slice took (definitions §4); being finished, they count at their finish. */
function peersOf(context: MetricContext): MetricContext {
  const { rule } = context.params
  return { ...context, params: { ...context.params, rule: rule === 'as_of' ? 'at_finish' : rule, unit: 'days', group: undefined } }
}

/** Items are many, and those of one stream and age fare alike. @param lengths answer of `experienceCounts` */
export function judgeOf(lengths: ColumnTable | undefined, { streams }: MetricContext): Judge {
  const experience = survivals(lengths)
  const known = new Map(streams.map((stream) => [stream.id, { stream, byAge: new Map<number, Comparison>() }]))
  const compare = ({ id, sle }: ValueStream, age: number): Comparison => {
    const survival = experience.get(id) ?? survivalOf([])
    const longer = survival(age)
    return {
      rank: longer === undefined ? undefined : 100 * (1 - longer),
      risk: sle ? conditionalRisk(survival, age, sle.days) : undefined,
      expected: sle?.days,
    }
  }
  return (streamId, position, age) => {
    const found = known.get(streamId)
    if (!found) return { stageId: UNMAPPED_STAGE, ...NOTHING_KNOWN }
    const comparison = found.byAge.get(age) ?? compare(found.stream, age)
    found.byAge.set(age, comparison)
    return { stageId: found.stream.stages[position]?.id ?? UNMAPPED_STAGE, ...comparison }
  }
}

const NOTHING_KNOWN: Comparison = { rank: undefined, risk: undefined, expected: undefined }

function survivals(lengths: ColumnTable | undefined): ReadonlyMap<string, Survival> {
  const byStream = new Map<string, [number, number][]>()
  for (const row of lengths ? toRows(lengths) : []) {
    const stream = String(row.stream_id)
    const histogram = byStream.get(stream) ?? []
    byStream.set(stream, histogram)
    histogram.push([Number(row.span_days), Number(row.item_count)])
  }
  return new Map([...byStream].map(([stream, histogram]) => [stream, survivalOf(histogram.sort(([a], [b]) => a - b))]))
}
