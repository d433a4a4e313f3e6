import type { LifeLine, LifeSegment } from '@/lib/charts/life-line'
import type { ValueStream } from '@/lib/model/value-stream'

export interface Lane {
  readonly id: string
  readonly name: string
  readonly kind: 'queue' | 'active' | 'done' | 'blocked' | 'team' | 'none'
  readonly segments: readonly LifeSegment[]
}

/** Lanes from top to bottom: the stages the item was in, in the order of the flow, others, blocks, teams. */
export function lifeLanes(line: LifeLine, stream: ValueStream): Lane[] {
  const known = stream.stages.map(({ id, name, kind }) => ({ id, name, kind, segments: of(line, id) }))
  const others = [...new Set(line.stages.map((stay) => stay.name))].filter((id) => !stream.stages.some((stage) => stage.id === id))
  const extra: Lane[] = others.map((id) => ({
    id,
    name: id === 'unmapped' ? 'Not mapped' : 'Cancelled',
    kind: 'none',
    segments: of(line, id),
  }))
  const lanes: Lane[] = [...known, ...extra].filter((lane) => lane.segments.length > 0)
  if (line.blocked.length > 0) lanes.push({ id: 'blocked', name: 'Blocked', kind: 'blocked', segments: line.blocked })
  if (line.teams.length > 0) lanes.push({ id: 'team', name: 'Team', kind: 'team', segments: line.teams })
  return lanes
}

function of(line: LifeLine, stageId: string): LifeSegment[] {
  return line.stages.filter((stay) => stay.name === stageId)
}

/** Five even ticks over the life. */
export function lifeTicks({ start, end }: LifeLine): { at: number; left: number }[] {
  if (end <= start) return [{ at: start, left: 0 }]
  return [0, 25, 50, 75].map((left) => ({ at: start + ((end - start) * left) / 100, left }))
}
