import type { Facts } from '../rivals/facts'
import { FINISHED_VIEWS } from './finished'
import { FLOW_VIEWS } from './flow'
import { LEVEL_VIEWS } from './levels'
import { STANDING_VIEWS } from './standing'
import type { View, ViewKind } from './view'

const KINDS: readonly ViewKind[] = [...LEVEL_VIEWS, ...FLOW_VIEWS, ...FINISHED_VIEWS, ...STANDING_VIEWS]

/** Every view of the whole portfolio and of its first stream. */
export function viewsOf(facts: Facts): View[] {
  return KINDS.flatMap((kind) => [viewOf(kind, facts), viewOf(kind, facts, 0)])
}

function viewOf({ name, metric, params, figures, rival }: ViewKind, facts: Facts, stream?: number): View {
  const world = { ...facts, stream }
  const scope: Record<string, string> = stream === undefined ? {} : { stream: facts.streams[stream]?.id ?? '' }
  return {
    name: `${name} · ${stream === undefined ? 'portfolio' : 'stream'}`,
    metric,
    params: { ...scope, ...params?.(world) },
    figures,
    rival: rival?.(world),
  }
}
