import { Rng } from '@/lib/stats/rng'
import { formatDay } from '@/lib/time/day'

/** What a reader may ask about. */
export interface LoadWorld {
  readonly snapshotId: string
  readonly streams: readonly string[]
  readonly teams: readonly string[]
  readonly types: readonly string[]
  readonly firstDay: number
  readonly lastDay: number
}

interface Asked {
  /** How many of 100 requests it is. */
  readonly share: number
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  /** Whether only the pages of a stream ask it. */
  readonly isOfStream?: boolean
}

/** What each request of the dashboard asks. */
const VIEWS: readonly Asked[] = [
  { share: 12, metric: 'cumulative-flow', params: {} },
  { share: 7, metric: 'span-percentiles', params: {} },
  { share: 6, metric: 'span-percentiles', params: { grain: 'month', percentiles: '85' } },
  { share: 5, metric: 'span-histogram', params: {} },
  { share: 9, metric: 'throughput', params: {} },
  { share: 5, metric: 'net-flow', params: {} },
  { share: 6, metric: 'flow-efficiency', params: {} },
  { share: 6, metric: 'wip', params: { grain: 'week' } },
  { share: 5, metric: 'occupancy', params: {} },
  { share: 5, metric: 'value-stream-map', params: {} },
  { share: 4, metric: 'facets', params: {} },
  { share: 5, metric: 'aging-density', params: {} },
  { share: 5, metric: 'items', params: { status: 'in_progress', limit: '50' } },
  { share: 5, metric: 'span-density', params: {} },
  { share: 4, metric: 'kpi-trend', params: {} },
  { share: 2, metric: 'bottlenecks', params: {}, isOfStream: true },
  { share: 2, metric: 'stage-times', params: {}, isOfStream: true },
  { share: 2, metric: 'blocked', params: {}, isOfStream: true },
  { share: 2, metric: 'rework-loops', params: {}, isOfStream: true },
  { share: 1, metric: 'handoffs', params: {}, isOfStream: true },
  { share: 1, metric: 'predictability', params: {} },
  { share: 1, metric: 'littles-law', params: {}, isOfStream: true },
]
const SHORTEST_DAYS = 90
const FIXED = 40

/** Numbers in [0, 1) that are the same in every run. */
export function randomOf(seed: number): () => number {
  const rng = Rng.of(seed)
  return () => rng.uniform()
}

/** The next question of a reader: a view by its share, mostly of one stream, often of a period, sometimes filtered. */
export function varied(world: LoadWorld, random: () => number): string {
  const { metric, params, isOfStream } = pickView(random())
  const asked: Record<string, string> = { ...params }
  if (random() < 0.75 || isOfStream) asked.stream = pick(world.streams, random)
  if (random() < 0.25) asked.team = pick(world.teams, random)
  if (random() < 0.25) asked.type = pick(world.types, random)
  const length = world.lastDay - world.firstDay
  if (length > SHORTEST_DAYS) {
    const from = world.firstDay + Math.floor(random() * (length - SHORTEST_DAYS))
    asked.from = formatDay(from)
    asked.to = formatDay(from + SHORTEST_DAYS + Math.floor(random() * (world.lastDay - from - SHORTEST_DAYS)))
  }
  return addressOf(world, metric, asked)
}

/** A few questions that everybody asks: after the first time all of them are cached. */
export function fixed(world: LoadWorld): string[] {
  const random = randomOf(7)
  return Array.from({ length: FIXED }, () => {
    const { metric, params } = pickView(random())
    return addressOf(world, metric, { ...params, stream: pick(world.streams, random) })
  })
}

function pickView(at: number): Asked {
  const total = VIEWS.reduce((sum, { share }) => sum + share, 0)
  let left = at * total
  for (const view of VIEWS) {
    left -= view.share
    if (left < 0) return view
  }
  return VIEWS[0] as Asked
}

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)] ?? ''
}

function addressOf({ snapshotId }: LoadWorld, metric: string, params: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ''))
  return `/api/snapshots/${snapshotId}/metrics/${metric}?${search}`
}
