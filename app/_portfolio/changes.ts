import { effectInterval } from '@/lib/charts/effect'
import type { Format } from '@/lib/charts/format'
import { kpiVerdict } from '@/lib/charts/kpi-trend'
import type { Params } from '@/lib/client/scope'
import { type Columns, filterRows } from '@/lib/model/columns'
import type { KpiStatus } from '@/lib/model/kpi'
import type { Portfolio } from '@/lib/model/portfolio'
import { formatDay, parseDay } from '@/lib/time/day'

/** Something that is so beyond noise. */
export interface Change {
  readonly id: string
  readonly tone: 'better' | 'worse'
  readonly text: string
  /** Page that shows it, without the scope. */
  readonly path: string
  readonly anchor?: string
}

/** What is said, and whether there is nothing but noise in time and throughput. */
export interface Said {
  readonly changes: readonly Change[]
  readonly isNoise: boolean
}

const HALF_YEAR = 182
const MOST = 5
const GRAVITY: Readonly<Partial<Record<KpiStatus, number>>> = { 'off track': 0, 'at risk': 1 }

/** First day that is compared with as long before: of the period that is looked at, else of the last half year. */
export function comparedSince(from: string | undefined, lastDay: number): number {
  return parseDay(from ?? '') ?? lastDay + 1 - HALF_YEAR
}

/** What `change` is asked for. */
export function changesAsked(since: number): Readonly<Record<Compared['of'], Params>> {
  const params = { from: formatDay(since), groupBy: 'stream', percentiles: '85' }
  return { span: { ...params, of: 'span' }, throughput: { ...params, of: 'throughput' } }
}

interface Answered {
  /** Absent without any KPI. */
  readonly kpis?: Columns
  readonly span: Columns
  readonly throughput: Columns
}

export function saidOf({ kpis, span, throughput }: Answered, portfolio: Portfolio, format: Format): Said {
  const flow = [
    ...flowChanges({ of: 'span', columns: span }, portfolio, format),
    ...flowChanges({ of: 'throughput', columns: throughput }, portfolio, format),
  ]
  return { changes: foremost(kpis ? goalChanges(kpis, portfolio, format) : [], flow), isNoise: flow.length === 0 }
}

/** Goals whose status calls for attention, the gravest first, each with its gravest KPI. */
export function goalChanges(columns: Columns, { goals, kpis }: Portfolio, format: Format): Change[] {
  const ids = columns.texts('kpi_id')
  const found = goals.flatMap((goal) => {
    const own = kpis.flatMap((kpi) => {
      if (kpi.goal !== goal.id) return []
      const verdict = kpiVerdict(
        filterRows(columns, (row) => ids[row] === kpi.id),
        format,
      )
      const gravity = verdict && GRAVITY[verdict.status]
      return verdict && gravity !== undefined ? [{ kpi, verdict, gravity }] : []
    })
    const [worst] = own.sort((a, b) => a.gravity - b.gravity)
    return worst ? [{ goal, ...worst }] : []
  })
  return found
    .sort((a, b) => a.gravity - b.gravity)
    .map(({ goal, kpi, verdict }): Change => {
      const due = parseDay(kpi.due ?? goal.due ?? '')
      const value = verdict.value === null ? 'not known' : `${format.number(verdict.value, 1)} ${kpi.unit}`
      const target = `target ${format.number(kpi.target, 2)}${due === undefined ? '' : ` by ${format.day(due)}`}`
      return {
        id: `goal ${goal.id}`,
        tone: 'worse',
        text: `“${goal.name}” is ${verdict.status}: ${kpi.name.toLocaleLowerCase(format.locale)} is ${value}, ${target}.`,
        path: '/',
        anchor: `goal-${encodeURIComponent(goal.id)}`,
      }
    })
}

interface Compared {
  readonly of: 'span' | 'throughput'
  readonly columns: Columns
}

/** Streams whose time or throughput changed beyond noise, the strongest first. */
export function flowChanges({ of, columns }: Compared, { streams }: Portfolio, format: Format): Change[] {
  const [groups, verdicts] = [columns.texts('group'), columns.texts('verdict')]
  const [before, after, effect, low, high] = ['before', 'after', 'effect_ratio', 'low', 'high'].map((name) => columns.numbers(name))
  const rows = Array.from({ length: columns.rowCount }, (_, row) => row).filter((row) => verdicts[row] === 'signal')
  return rows
    .sort((a, b) => Math.abs(effect?.[b] ?? 0) - Math.abs(effect?.[a] ?? 0))
    .map((row): Change => {
      const stream = streams.find(({ id }) => id === groups[row])
      const rises = (effect?.[row] ?? 0) > 0
      const interval = effectInterval([low?.[row] ?? 0, high?.[row] ?? 0], format)
      const [was, is] = [format.number(before?.[row] ?? 0, 1), format.number(after?.[row] ?? 0, 1)]
      const text =
        of === 'span'
          ? `${stream?.name ?? groups[row]}: 85 % now finish within ${is} days, ${rises ? 'up' : 'down'} from ${was} (${interval}).`
          : `${stream?.name ?? groups[row]}: ${is} items a week are finished, ${rises ? 'up' : 'down'} from ${was} (${interval}).`
      return {
        id: `${of} ${groups[row]}`,
        tone: rises === (of === 'throughput') ? 'better' : 'worse',
        text,
        path: `/streams/${encodeURIComponent(groups[row] ?? '')}/flow`,
      }
    })
}

/** At most five: goals in trouble and what got worse before what got better. */
export function foremost(goals: readonly Change[], flow: readonly Change[]): Change[] {
  const worse = flow.filter(({ tone }) => tone === 'worse')
  const better = flow.filter(({ tone }) => tone === 'better')
  // Streams get a word even where many goals are in trouble.
  const room = Math.max(MOST - flow.length, 3)
  return [...goals.slice(0, room), ...worse, ...better].slice(0, MOST)
}
