import { startsPeriod } from './days'
import { finishedLives } from './finished'
import type { OracleRow } from './history'
import { endOfDay, type Life, type Moment } from './life'
import { ageStart, finishedSpan, firstStart } from './span'
import { groupsOf, isAsked, type World, windowDays } from './world'

/** Work in progress per day's end and group, only where there is any (definitions §5). */
export function wip(world: World): OracleRow[] {
  const rows = new Map<
    string,
    { day_on: number; group: string | null; item_count: number; total_age_days: number; flow_debt_days: number | null }
  >()
  const hasSle = world.history.streams.some(({ stream }) => isAsked(world, stream.id) && stream.sle)
  for (const day of shownDays(world)) {
    for (const life of world.lives) {
      const age = ageAt(life, day, world)
      const now = endOfDay(life, day)
      if (age === undefined || !now) continue
      for (const group of groupsOf(world, life, now, 'as_of')) {
        const key = JSON.stringify([day, group])
        const row = rows.get(key) ?? { day_on: day, group, item_count: 0, total_age_days: 0, flow_debt_days: hasSle ? 0 : null }
        row.item_count += 1
        row.total_age_days += age
        const sle = life.stream.sle
        if (sle && row.flow_debt_days !== null) row.flow_debt_days += Math.max(0, age - sle.days)
        rows.set(key, row)
      }
    }
  }
  return [...rows.values()]
}

/** Open, started items at the end of the window's last day, with how their age compares (definitions §3, §4). */
export function agingWork(world: World): OracleRow[] {
  const rows: OracleRow[] = []
  const day = world.to - 1
  for (const life of world.lives) {
    const now = endOfDay(life, day)
    const age = ageAt(life, day, world)
    const start = ageStart(knownAt(life, day), world.question.span, world.question.policy)
    if (!now || age === undefined || !start || !groupsOf(world, life, now, 'as_of').length) continue
    rows.push({ ...standing(life, now), started_on: start.day, age_days: age, ...comparison(world, life, age) })
  }
  return rows
}

function standing(life: Life, now: Moment): OracleRow {
  return {
    stream_id: life.stream.id,
    item_id: life.item.id,
    key: life.item.key ?? life.item.id,
    title: life.item.title ?? '',
    type: now.values.type ?? null,
    team: now.values.team ?? null,
    stage_id: now.stageId,
    blocked: now.blocked,
  }
}

/** Share of finished items that took as long or less, and of those that got as old the share that outlasted the expectation. */
export function comparison(world: World, life: Life, age: number): OracleRow {
  const { rule } = world.question
  const peers = finishedLives({ ...world, question: { ...world.question, rule: rule === 'as_of' ? 'at_finish' : rule } })
    .filter((finished) => finished.life.stream.id === life.stream.id)
    .map((finished) => finished.days)
  const above = (days: number) => peers.filter((length) => length > days).length
  const sle = life.stream.sle
  const rank = peers.length ? (100 * (peers.length - above(age))) / peers.length : null
  const risk = sle && above(age) > 0 ? above(sle.days) / above(age) : null
  return { percentile_rank: rank, miss_risk_ratio: sle && age >= sle.days ? 1 : risk }
}

/** Inclusive days from the start to a day; undefined for an item that is not in progress at its end. */
function ageAt(life: Life, day: number, world: World): number | undefined {
  const { span, policy } = world.question
  const known = knownAt(life, day)
  const start = ageStart(known, span, policy)
  if (known.moments.at(-1)?.status !== 'open' || !firstStart(known, span) || !start) return undefined
  return day - start.day + 1
}

/** The life as it was at the end of a day. */
function knownAt(life: Life, day: number): Life {
  return { ...life, moments: life.moments.filter((moment) => moment.day <= day) }
}

/** Every day, or with a grain the last day of each period inside the window. */
function shownDays(world: World): number[] {
  const { grain } = world.question
  const days = windowDays(world)
  if (grain === undefined) return days
  return days.filter((day) => day === world.to - 1 || startsPeriod(day + 1, grain))
}

/** How old the finished items of the window were when they left each stage before the end for the last time. */
export function pace(world: World): OracleRow[] {
  const ages = new Map<string, number[]>()
  for (const { life } of finishedLives(world)) {
    for (const [stageId, age] of exitAges(life, world)) ages.set(stageId, [...(ages.get(stageId) ?? []), age])
  }
  return [...ages].flatMap(([stageId, list]) => {
    const sorted = [...list].sort((a, b) => a - b)
    return world.question.percentiles.map((percentile) => ({
      stage_id: stageId,
      percentile,
      age_days: sorted[Math.ceil((percentile * sorted.length) / 100) - 1] ?? null,
      n: sorted.length,
    }))
  })
}

function exitAges(life: Life, world: World): Map<string, number> {
  const found = new Map<string, number>()
  const finished = finishedSpan(life, world.question.span, world.question.policy)
  if (!finished) return found
  life.moments.forEach((moment, index) => {
    const next = life.moments[index + 1]
    if (!next || next.stageId === moment.stageId || moment.position === null || moment.status !== 'open') return
    if (next.day < finished.start.day || next.at > finished.finish.at) return
    found.set(moment.stageId, next.day - finished.start.day + 1)
  })
  return found
}
