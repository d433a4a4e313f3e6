import type { Flow } from './flow'
import type { WorkItem } from './work-item'
import { pickTeam, type StreamState, stageIndex, type TeamState } from './world'

const HANDED_OVER = 0.6
const HOUR = 3_600_000

/** Teams move to other streams. What they have begun they mostly finish; the rest goes to the teams that serve the stream now. */
export function reorganise(streams: readonly StreamState[], teams: readonly TeamState[], flow: Flow, at: number): void {
  for (const team of teams) team.stream = team.plan.laterStream ?? team.stream
  for (const stream of streams) stream.teams = teams.filter((team) => team.stream === stream.plan.id)
  for (const item of [...flow.open]) {
    if (item.team.stream === item.stream.plan.id || item.isWorkedOn) continue
    const isBegun = item.stage >= stageIndex(item.stream.plan, 'development')
    if (isBegun && !item.rng.chance(HANDED_OVER)) continue
    // Not bound to the item's turn: it is handed over wherever it stands by then.
    flow.schedule.at(at + item.rng.between(0, 6) * HOUR, (time) => handOver(item, flow, time))
  }
}

function handOver(item: WorkItem, flow: Flow, at: number): void {
  if (item.isWorkedOn || !flow.open.has(item)) return
  const old = item.queuedIn
  const isTeamQueue = old !== undefined && [...item.team.stations.values()].includes(old)
  item.team = pickTeam(item.stream, item.rng, item.team)
  flow.tracker.record(item, at)
  if (item.isLogged) flow.tracker.measure.counts.handed_over_at_reorganisation++
  if (!isTeamQueue) return
  const station = item.team.stations.get(item.stream.plan.stages[old.stage]?.id ?? '')
  item.turn++
  if (station) flow.labour.enqueue(item, station, at)
}
