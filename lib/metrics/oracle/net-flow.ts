import { firstOfPeriod } from './days'
import { flowsOn } from './flows'
import type { OracleRow } from './history'
import { endOfDay, type Life } from './life'
import { isCut } from './rates'
import { firstStart } from './span'
import { groupsOf, type World, windowDays } from './world'

const KINDS = ['arrivals', 'departures', 'restorations', 'removals', 'transfers_in', 'transfers_out'] as const
type Flows = Record<(typeof KINDS)[number], number>

/** What changed the items in progress, per period and group; an event counts where the item stands at the end of its day. */
export function netFlow(world: World): OracleRow[] {
  const grain = world.question.grain ?? 'week'
  const sums = new Map<string | null, Map<number, Flows>>()
  const periods = [...new Set(windowDays(world).map((day) => firstOfPeriod(day, grain)))]
  const flowsIn = (group: string | null, day: number): Flows => {
    const all = sums.get(group) ?? new Map(periods.map((period) => [period, noFlows()]))
    sums.set(group, all)
    return all.get(firstOfPeriod(day, grain)) ?? noFlows()
  }
  if (world.question.groupBy === undefined && world.from < world.to) flowsIn(null, world.from)
  for (const life of world.lives) for (const day of windowDays(world)) addDay(world, life, day, (group) => flowsIn(group, day))
  return [...sums].flatMap(([group, byPeriod]) =>
    [...byPeriod].map(([period, flows]) => ({
      period_on: period,
      group,
      ...flows,
      net: flows.arrivals - flows.departures + flows.restorations - flows.removals + flows.transfers_in - flows.transfers_out,
      partial: isCut(world, period, grain),
    })),
  )
}

function addDay(world: World, life: Life, day: number, flowsIn: (group: string | null) => Flows): void {
  const now = endOfDay(life, day)
  if (!now || now.day < day) return
  const groups = groupsOf(world, life, now, 'as_of')
  const events = Object.entries(flowsOn([life], world.question.span, day)) as [keyof Flows, number][]
  for (const [kind, count] of events) if (count) for (const group of groups) flowsIn(group)[kind] += count
  const before = endOfDay(life, day - 1)
  if (!before || !isInProgress(world, life, day - 1)) return
  const left = groupsOf(world, life, before, 'as_of')
  for (const group of groups) if (!left.includes(group)) flowsIn(group).transfers_in += 1
  for (const group of left) if (!groups.includes(group)) flowsIn(group).transfers_out += 1
}

/** Open at the end of the day, and the span has begun by then. */
function isInProgress(world: World, life: Life, day: number): boolean {
  const start = firstStart(life, world.question.span)
  return start !== undefined && start.day <= day && endOfDay(life, day)?.status === 'open'
}

function noFlows(): Flows {
  return { arrivals: 0, departures: 0, restorations: 0, removals: 0, transfers_in: 0, transfers_out: 0 }
}
