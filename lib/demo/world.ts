import type { Rng } from '@/lib/stats/rng'
import { STREAMS, TEAMS } from './company'
import { publicHolidays } from './holidays'
import { effortPasses, type StreamPlan, type TeamPlan } from './plan'
import { plannedDay } from './planned-day'
import { arrivalFactor, peopleOn } from './season'
import { Station } from './station'
import { BASE_ITEMS, DEMO_FROM, DEMO_TO } from './story'
import { WorkHours } from './work-hours'
import type { WorkItem } from './work-item'
import { ZoneDays } from './zone-days'

/** Days that the company works before the log begins, so that it begins with work on the way. */
const WARM_UP_DAYS = 98
/** Part of the items that reaches the work: some are cancelled before. */
const REACHING = 0.96

export interface TeamState {
  readonly plan: TeamPlan
  readonly name: string
  readonly stations: ReadonlyMap<string, Station>
  stream: string
}

export interface StreamState {
  readonly plan: StreamPlan
  readonly index: number
  readonly hours: WorkHours
  readonly zone: ZoneDays
  readonly committed: number
  /** Stations that serve the whole stream, by stage. */
  readonly stations: readonly (Station | undefined)[]
  /** Items that wait for a gate, by stage. */
  readonly gates: readonly WorkItem[][]
  /** Mean effort (ms) at load 1, by stage. */
  readonly efforts: readonly number[]
  /** Mean arrivals of an ordinary working day. */
  readonly dailyArrivals: number
  teams: TeamState[]
}

/** What is the same in every run: hours and the mean effort that makes the planned load, worked out once. */
export interface Clockwork {
  readonly firstDay: number
  readonly lastDay: number
  /** The log: [fromAt, toAt). */
  readonly fromAt: number
  readonly toAt: number
  readonly streams: readonly StreamClockwork[]
}

interface StreamClockwork {
  readonly hours: WorkHours
  /** Mean effort (ms) at load 1, by stage. */
  readonly efforts: readonly number[]
  /** Mean arrivals of an ordinary working day. */
  readonly dailyArrivals: number
}

/** Zones and working hours for the streams, with the span of the log as local days [from, to). */
export function createClockwork(from: string, to: string): Clockwork {
  const firstDay = plannedDay(from) - WARM_UP_DAYS
  const lastDay = plannedDay(to) + 1
  const zones = new Map<string, ZoneDays>()
  const streams = STREAMS.map((plan) => {
    const zone = zones.get(plan.timeZone) ?? new ZoneDays(plan.timeZone, firstDay - 1, lastDay + 366)
    zones.set(plan.timeZone, zone)
    const holidays = publicHolidays(plan.region, Number(from.slice(0, 4)) - 1, Number(to.slice(0, 4)) + 1)
    return streamClockwork(plan, new WorkHours(zone, { holidays, ...plan.hours }))
  })
  const zone = streams[0]?.hours.zone
  if (!zone) throw new RangeError('no stream is planned')
  return { firstDay, lastDay, fromAt: zone.start(plannedDay(from)) + 6 * 3_600_000, toAt: zone.start(plannedDay(to)), streams }
}

/** The company at the start of a run; `squad` tells the teams of one run from those of another. */
export function createWorld(clockwork: Clockwork, squad: number): { streams: StreamState[]; teams: TeamState[] } {
  const streams = STREAMS.map((plan, index) => createStream(plan, index, clockwork))
  const teams = TEAMS.map((plan): TeamState => {
    const stream = streams.find((candidate) => candidate.plan.id === plan.stream)
    if (!stream) throw new RangeError(`team ${plan.name} serves no known stream`)
    const stations = Object.entries(plan.people).map(([stage, people]) => {
      return [stage, new Station(stageIndex(stream.plan, stage), stream.hours, people)] as const
    })
    return { plan, name: squad === 0 ? plan.name : `${plan.name} ${squad + 1}`, stations: new Map(stations), stream: plan.stream }
  })
  for (const stream of streams) stream.teams = teams.filter((team) => team.stream === stream.plan.id)
  return { streams, teams }
}

/** The people who serve an item in a stage; undefined where nobody works. */
export function stationOf(item: WorkItem, stage: number): Station | undefined {
  const plan = item.stream.plan.stages[stage]
  if (!plan?.work) return undefined
  return plan.work.people === 'team' ? item.team.stations.get(plan.id) : item.stream.stations[stage]
}

export function stageIndex(plan: StreamPlan, stage: string): number {
  const index = plan.stages.findIndex((candidate) => candidate.id === stage)
  if (index < 0) throw new RangeError(`${plan.id} has no stage ${stage}`)
  return index
}

/** A team of the stream that takes an item in its first worked stage. */
export function pickTeam(stream: StreamState, rng: Rng, except?: TeamState): TeamState {
  const entry = stream.plan.stages.find((stage) => stage.work)?.id ?? ''
  const others = stream.teams.filter((team) => team !== except && (except !== undefined || team.stations.has(entry)))
  return others.length > 0 ? rng.pick(others) : (except ?? rng.pick(stream.teams))
}

function createStream(plan: StreamPlan, index: number, clockwork: Clockwork): StreamState {
  const given = clockwork.streams[index]
  if (!given) throw new RangeError(`no working hours for ${plan.id}`)
  return {
    plan,
    index,
    ...given,
    zone: given.hours.zone,
    committed: stageIndex(plan, plan.committed),
    stations: plan.stages.map((stage, at) =>
      typeof stage.work?.people === 'number' ? new Station(at, given.hours, stage.work.people) : undefined,
    ),
    gates: plan.stages.map(() => []),
    teams: [],
  }
}

function streamClockwork(plan: StreamPlan, hours: WorkHours): StreamClockwork {
  const passes = effortPasses(plan.stages)
  const items = BASE_ITEMS * plan.share
  const efforts = plan.stages.map((stage, at) => {
    const people = stage.work ? peopleOf(plan, stage.id) : 0
    return people === 0 ? 0 : capacity(hours, people) / (items * REACHING * (passes[at] ?? 1))
  })
  return { hours, efforts, dailyArrivals: items / arrivalDays(hours, plan) }
}

function peopleOf(plan: StreamPlan, stage: string): number {
  const work = plan.stages.find((candidate) => candidate.id === stage)?.work
  if (typeof work?.people === 'number') return work.people
  return TEAMS.reduce((sum, team) => sum + (team.stream === plan.id ? (team.people[stage] ?? 0) : 0), 0)
}

/** Working ms of so many people over the whole log. */
function capacity(hours: WorkHours, people: number): number {
  let total = 0
  for (let day = plannedDay(DEMO_FROM); day < plannedDay(DEMO_TO); day++) total += hours.worth(day) * peopleOn(day, people)
  return total
}

/** Days of the log, each counted by its share of an ordinary day's arrivals. */
function arrivalDays(hours: WorkHours, plan: StreamPlan): number {
  let total = 0
  for (let day = plannedDay(DEMO_FROM); day < plannedDay(DEMO_TO); day++) total += arrivalWeight(hours, plan, day)
  return total
}

/** Arrivals of a day against an ordinary working day. */
export function arrivalWeight(hours: WorkHours, plan: StreamPlan, day: number): number {
  return hours.isWorkday(day) ? arrivalFactor(day) : plan.weekendArrivals
}
