import { type ColumnTable, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import type { Histogram } from '../../stats/nearest-rank'
import { conditionalRisk, shareAbove } from '../../stats/survival-share'
import type { MetricContext } from '../define'
import { lengthCounts } from './finished'

/** What can be said of an unfinished item by its stream, position and age. */
export interface Judgement {
  readonly stageId: string
  /** Share of finished items that took as long or less, in percent. */
  readonly rank: number | undefined
  /** Risk of missing the expectation, 0 … 1. */
  readonly risk: number | undefined
  /** Days of the stream's expectation. */
  readonly expected: number | undefined
}

export type Judge = (streamId: string, position: number, age: number) => Judgement

/** How many days finished items of each stream took, by which unfinished ones are judged: `stream_id, span_days, item_count`. */
export function experienceCounts(context: MetricContext): Sql {
  return sql`SELECT stream_id, span_value AS span_days, CAST(sum(item_count) AS INTEGER) AS item_count FROM (${lengthCounts(peersOf(context))}) AS finished
    GROUP BY stream_id, span_value ORDER BY stream_id, span_value`
}

/** Experience is how many days finished items of the same stream and slice took (definitions §4); being finished, they count at their finish. */
function peersOf(context: MetricContext): MetricContext {
  const { rule } = context.params
  return { ...context, params: { ...context.params, rule: rule === 'as_of' ? 'at_finish' : rule, unit: 'days', group: undefined } }
}

/** Items are many, and those of one stream, stage and age fare alike. @param lengths answer of `experienceCounts` */
export function judgeOf(lengths: ColumnTable | undefined, { streams }: MetricContext): Judge {
  const experience = histograms(lengths)
  const known = new Map<string, Judgement>()
  const judgeNew = (streamId: string, position: number, age: number): Judgement => {
    const stream = streams.find((candidate) => candidate.id === streamId)
    const histogram = experience.get(streamId) ?? []
    const longer = shareAbove(histogram, age)
    return {
      stageId: stream?.stages[position]?.id ?? UNMAPPED_STAGE,
      rank: longer === undefined ? undefined : 100 * (1 - longer),
      risk: stream?.sle ? conditionalRisk(histogram, age, stream.sle.days) : undefined,
      expected: stream?.sle?.days,
    }
  }
  return (streamId, position, age) => {
    const key = `${position} ${age} ${streamId}`
    const found = known.get(key) ?? judgeNew(streamId, position, age)
    known.set(key, found)
    return found
  }
}

function histograms(lengths: ColumnTable | undefined): ReadonlyMap<string, Histogram> {
  const byStream = new Map<string, [number, number][]>()
  for (const row of lengths ? toRows(lengths) : []) {
    const stream = String(row.stream_id)
    const histogram = byStream.get(stream) ?? []
    byStream.set(stream, histogram)
    histogram.push([Number(row.span_days), Number(row.item_count)])
  }
  return byStream
}
