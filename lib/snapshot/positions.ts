import { CANCELLED_STAGE, UNMAPPED_STAGE } from '../model/stage'
import type { ValueStream } from '../model/value-stream'

/** Positions of the two stages that stand outside the order. */
export const UNMAPPED_POSITION = -1
export const CANCELLED_POSITION = -2

/** Names the stage of a position in a stream, also the two that stand outside the order. */
export function stageNamer(streams: readonly ValueStream[]): (streamId: unknown, position: unknown) => string {
  const byId = new Map(streams.map((stream) => [stream.id, stream]))
  return (streamId, position) => {
    if (position === null) return UNMAPPED_STAGE
    const outside = Number(position) === CANCELLED_POSITION ? CANCELLED_STAGE : UNMAPPED_STAGE
    return byId.get(String(streamId))?.stages[Number(position)]?.id ?? outside
  }
}
