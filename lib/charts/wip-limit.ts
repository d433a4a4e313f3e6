import type { SpanName } from '@/lib/model/unit'
import { stagePosition, type ValueStream } from '@/lib/model/value-stream'

/** Limit of the items in a span: the sum over its stages, when each of them has one. */
export function wipLimitOf(stream: ValueStream, span: SpanName): number | undefined {
  const start = { lead: 0, flow: stagePosition(stream, stream.committed), cycle: stagePosition(stream, stream.started) }[span]
  const inside = stream.stages.slice(start, stagePosition(stream, stream.finished))
  let sum = 0
  for (const stage of inside) {
    if (stage.wipLimit === undefined) return undefined
    sum += stage.wipLimit
  }
  return inside.length > 0 ? sum : undefined
}
