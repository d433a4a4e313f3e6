import type { ColumnTable } from '../../engine/columns'
import type { Sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import type { ValueStream } from '../../model/value-stream'
import { conditionalRisk, survivalOf } from '../../stats/survival-share'
import type { MetricContext } from '../define'
import { lengthHistograms, lengthQueries } from './length-histograms'

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

/** Asks how many days finished items of each stream took, by which unfinished ones are judged. */
export function experienceQueries(context: MetricContext): Readonly<Record<string, Sql>> {
  return lengthQueries(peersOf(context))
}

/** Experience is how many days finished items of the same stream and slice took (definitions §4); being finished, they count at their finish. */
function peersOf(context: MetricContext): MetricContext {
  const { rule } = context.params
  return { ...context, params: { ...context.params, rule: rule === 'as_of' ? 'at_finish' : rule, unit: 'days', group: 'stream' } }
}

/** Items are many, and those of one stream and age fare alike. @param answers those to `experienceQueries` */
export function judgeOf(answers: Readonly<Record<string, ColumnTable>>, context: MetricContext): Judge {
  const { streams } = context
  const lengths = lengthHistograms(answers, peersOf(context))
  const experience = new Map(lengths.map(({ group, histogram }) => [group, survivalOf(histogram)]))
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
