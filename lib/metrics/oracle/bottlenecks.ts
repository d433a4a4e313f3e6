import type { SpanName } from '@/lib/model/unit'
import type { ValueStream } from '@/lib/model/value-stream'
import type { OracleRow } from './history'
import { inDays, isCounted, isInWindow, nearestRank, type Stay, secondsBetween, spentBetween, staysOf, total } from './stays'
import { stagesOf } from './stream-map'
import { isAsked, type World } from './world'

/** What one stage saw inside the window. */
interface Seen {
  readonly stageId: string
  readonly arrivals: number
  readonly lengths: readonly number[]
  readonly spent: number
  readonly blocked: number
}

/** Stages inside the span that hold the flow up, a row per evidence. */
export function bottlenecks(world: World): OracleRow[] {
  const seen = stagesOf(world)
    .filter((stageId) =>
      world.history.streams.some(({ stream }) => isAsked(world, stream.id) && isInside(stream, stageId, world.question.span)),
    )
    .map((stageId) => seenIn(world, stageId))
  const all = total(seen, (one) => one.spent)
  const longest = seen.map((one) => longestOf(one)).filter((days) => days !== null)
  return seen.flatMap((one) => {
    const found: [string, number][] = [...growing(one), ...timed(one, all), ...lasting(one, longest)]
    const sum = total(found, ([, strength]) => strength)
    return found.map(([evidence, strength]) => ({ stage_id: one.stageId, evidence, strength, stage_strength: sum }))
  })
}

function isInside(stream: ValueStream, stageId: string, span: SpanName): boolean {
  const position = stream.stages.findIndex((stage) => stage.id === stageId)
  const start = { lead: stream.stages[0]?.id, flow: stream.committed, cycle: stream.started }[span]
  return position >= stream.stages.findIndex((stage) => stage.id === start) && (stream.stages[position]?.kind ?? 'done') !== 'done'
}

function seenIn(world: World, stageId: string): Seen {
  const seen = { stageId, arrivals: 0, lengths: [] as number[], spent: 0, blocked: 0 }
  for (const life of world.lives) {
    if (!isInside(life.stream, stageId, world.question.span)) continue
    const counts = (day: number) => isInWindow(world, day) && isCounted(world, life, day)
    for (const stay of staysOf(life).filter((one: Stay) => one.stageId === stageId)) {
      if (counts(stay.first.day)) seen.arrivals++
      if (!stay.left || !counts(stay.left.day)) continue
      const spent = spentBetween(life, stay.first.at, stay.left.at)
      seen.lengths.push(secondsBetween(stay.first.at, stay.left.at))
      seen.spent += spent.active + spent.waiting
      seen.blocked += spent.blocked
    }
  }
  return seen
}

function growing({ arrivals, lengths }: Seen): [string, number][] {
  const ratio = arrivals / Math.max(1, lengths.length)
  return arrivals - lengths.length >= 11 && ratio >= 1.1 ? [['growing queue', ratio / 1.1]] : []
}

function timed({ spent, blocked }: Seen, all: number): [string, number][] {
  const found: [string, number][] = []
  if (all && spent / all >= 0.3) found.push(['share of time', spent / all / 0.3])
  if (spent && blocked / spent >= 0.15) found.push(['blocked', blocked / spent / 0.15])
  return found
}

/** The 85th percentile of the stays that ended, of eleven or more. */
function longestOf({ lengths }: Seen): number | null {
  return lengths.length >= 11 ? inDays(nearestRank(lengths, 85) ?? 0) : null
}

function lasting(seen: Seen, longest: readonly number[]): [string, number][] {
  const own = longestOf(seen)
  const [first, second] = [...longest].sort((a, b) => b - a)
  if (own === null || first === undefined || second === undefined || own < first || first <= second) return []
  return [['long stays', second > 0 ? Math.min(2, first / second) : 2]]
}
