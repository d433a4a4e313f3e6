import { spanView, stagePosition, type ValueStream } from '@/lib/model/value-stream'

/** Limit of the items in a span: the sum over its stages, when each of them has one. */
export function wipLimitOf(stream: ValueStream, span: string): number | undefined {
  const view = spanView(stream, span) ?? stream
  const start = span === 'lead' ? 0 : stagePosition(view, span === 'flow' ? view.committed : view.started)
  const inside = view.stages.slice(start, stagePosition(view, view.finished))
  let sum = 0
  for (const stage of inside) {
    if (stage.wipLimit === undefined) return undefined
    sum += stage.wipLimit
  }
  return inside.length > 0 ? sum : undefined
}
