import { closest } from 'fastest-levenshtein'
import { join, type Sql, sql } from '../../engine/sql'
import type { StageKind } from '../../model/stage'
import { stagePosition, type ValueStream } from '../../model/value-stream'
import { Problem, showValue } from '../../problem'
import type { MetricContext } from '../define'

/** A stage of the streams in scope; the same id in several streams is one stage. */
export interface Stage {
  readonly id: string
  /** Stream id → position of the stage in that stream. */
  readonly positions: ReadonlyMap<string, number>
  /** Stream id → what the stage is in that stream. */
  readonly kinds: ReadonlyMap<string, StageKind>
}

/** All stages of the streams, each once: in the order of the first stream that has it, between the same neighbours as there. */
export function stagesInScope(streams: readonly ValueStream[]): Stage[] {
  const order: string[] = []
  for (const stream of streams) {
    let after = -1
    for (const stage of stream.stages) {
      const known = order.indexOf(stage.id)
      if (known < 0) order.splice(++after, 0, stage.id)
      else after = Math.max(after, known)
    }
  }
  return order.map((id) => {
    const positions = new Map<string, number>()
    const kinds = new Map<string, StageKind>()
    for (const stream of streams) {
      const position = stream.stages.findIndex((stage) => stage.id === id)
      const stage = stream.stages[position]
      if (!stage) continue
      kinds.set(stream.id, stage.kind)
      positions.set(stream.id, position)
    }
    return { id, positions, kinds }
  })
}

/** Visits (alias given) before done: where a span of a stream's own ends, the stream itself may well go on. */
export function onTheWay({ ownSpan, streams }: Pick<MetricContext, 'ownSpan' | 'streams'>, visits: Sql): Sql {
  if (ownSpan === undefined) return sql`${visits}.kind <> 'done'`
  const ends = streams.map(
    (stream) => sql`(${visits}.stream_id = ${stream.id} AND ${visits}.position < ${stagePosition(stream, stream.finished)})`,
  )
  return sql`${visits}.kind <> 'done' AND (${join(ends, ' OR ')})`
}

interface AskedStage {
  readonly metric: string
  /** Parameter by which the stage was asked for. */
  readonly where: string
  readonly stageId: string
  /** What may be asked for beside the stages of streams. */
  readonly beside?: readonly string[]
}

/** @throws Problem for a stage that no stream has */
export function requireStage({ portfolio, streams }: MetricContext, { metric, where, stageId, beside = [] }: AskedStage): void {
  if (portfolio.streams.some((stream) => stream.stages.some((stage) => stage.id === stageId))) return
  const allowed = [...new Set([...streams.flatMap((stream) => stream.stages.map((stage) => stage.id)), ...beside])]
  throw new Problem('bad-parameter', `The question to ${metric} can't be answered as asked`, {
    faults: [
      { where, message: `is no stage; did you mean "${closest(stageId.slice(0, 80), allowed)}"?`, value: showValue(stageId), allowed },
    ],
  })
}
