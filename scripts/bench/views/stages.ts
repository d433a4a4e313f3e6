import type { World } from './view'
import { streamsOf } from './view'

/** A stage of the streams in scope and where it stands in each: stream code → position. */
export interface StageLine {
  readonly id: string
  readonly positions: ReadonlyMap<number, number>
}

/** Stages of all streams in scope, each once: in the order of the first stream that has it, new ones after their neighbour. */
export function stageLines(world: World): StageLine[] {
  const ids: string[] = []
  const streams = streamsOf(world)
  for (const stream of streams.values()) {
    let after = -1
    for (const { id } of stream.stages) {
      const known = ids.indexOf(id)
      if (known < 0) ids.splice(++after, 0, id)
      else after = Math.max(after, known)
    }
  }
  return ids.map((id) => {
    const places = [...streams].map(([code, stream]): [number, number] => [code, stream.stages.findIndex((stage) => stage.id === id)])
    return { id, positions: new Map(places.filter(([, position]) => position >= 0)) }
  })
}
