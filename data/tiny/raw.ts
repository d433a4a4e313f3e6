import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Question, RawChange, RawHistory, RawItem } from '@/lib/metrics/oracle/history'
import type { RawParams } from '@/lib/metrics/params'
import type { Portfolio } from '@/lib/model/portfolio'
import { parseDay } from '@/lib/time/day'

const SUMMER_TIME = '2024-03-31 03:00'

/** Parameters that only one metric or two have. */
const OWN = ['of', 'item', 'kpi', 'metric', 'centre', 'scale', 'baselineFrom', 'baselineTo', 'rebase', 'beforeFrom', 'beforeTo', 'check', 'idleDays', 'seed', 'columns', 'rows', 'pointsBelow', 'outliers', 'oldest', 'selected', 'lengthFrom', 'lengthTo', 'ageFrom', 'ageTo', 'compared']

type Line = Readonly<Record<string, string>>

/** The tiny files read a second time, past the connector and the build: what the naive definitions are given. */
export function tinyHistory(portfolio: Portfolio): RawHistory {
  const [delivery, support] = portfolio.streams
  if (!delivery || !support) throw new TypeError('the tiny portfolio has two streams')
  return {
    goals: portfolio.goals,
    calendar: portfolio.calendar,
    kpis: portfolio.kpis,
    dimensions: ['team', 'type', 'goal', 'priority'],
    streams: [
      { stream: delivery, carried: ['team'], items: itemsOf(readLines('delivery.csv')) },
      { stream: { ...support, stages: support.stages.map((stage) => ({ ...stage, states: [stage.id] })) }, carried: [], items: readLines('support.csv').map(ticketOf) },
    ],
  }
}

function readLines(name: string): Line[] {
  return parse(readFileSync(new URL(name, import.meta.url)), { columns: true }) as Line[]
}

function itemsOf(lines: readonly Line[]): RawItem[] {
  return [...new Set(lines.map((line) => line.id ?? ''))].map((id) => {
    const own = lines.filter((line) => line.id === id)
    const created = own[0]?.created
    return { id, key: null, title: own[0]?.title ?? null, createdAt: created ? zurich(created) : null, changes: own.map(changeOf) }
  })
}

function changeOf(line: Line): RawChange {
  const values = Object.fromEntries(['team', 'type', 'goal'].map((name) => [name, line[name] || null]))
  return { at: zurich(line.at ?? ''), state: line.state || null, blocked: line.blocked === 'yes', values }
}

function ticketOf(line: Line): RawItem {
  const dates: [string, string | undefined][] = [['received', line.Received], ['work', line.Work], ['solved', line.Solved]]
  const changes = dates.flatMap(([state, date]) => (date ? [{ at: Date.parse(date), state, blocked: null, values: { team: line.Team ?? null } }] : []))
  return { id: line.ticket ?? '', key: null, title: line.subject ?? null, createdAt: null, changes }
}

/** Local time in Zürich around the switch of 2024, as milliseconds UTC. */
function zurich(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}:00${local < SUMMER_TIME ? '+01:00' : '+02:00'}`)
}

/** A question of `asked.ts` as the naive definitions take it. */
export function questionOf(params: RawParams): Question {
  const { stream, from, to, asOf, onDay, percentiles, team, goal, type, ...others } = params
  const day = (value: unknown) => (value === undefined ? undefined : parseDay(String(value)))
  const listed = (value: unknown) => String(value).split(',')
  const slices = Object.entries({ team, goal, type }).filter(([, value]) => value !== undefined)
  return {
    span: 'flow',
    policy: 'first_start_last_finish',
    ...(others as Partial<Question>),
    streams: stream === undefined ? [] : listed(stream),
    own: Object.fromEntries(OWN.flatMap((name) => (params[name] === undefined ? [] : [[name, String(params[name])]]))),
    filters: Object.fromEntries(slices.map(([name, value]) => [name, listed(value)])),
    percentiles: percentiles === undefined ? [50, 70, 85, 95] : listed(percentiles).map(Number),
    from: day(from),
    to: day(to),
    asOf: day(asOf),
    onDay: day(onDay),
  }
}
