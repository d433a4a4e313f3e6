import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { benjaminiHochberg } from '../../stats/benjamini-hochberg'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { ratioInterval, type RatioInterval } from '../../stats/ratio-interval'
import { Rng } from '../../stats/rng'
import { parseDay } from '../../time/day'
import { column, defineMetric, type MetricContext } from '../define'
import { measuredFacts, toUnit, unitInForce } from '../facts/finished'
import type { Window } from '../window'

const FIGURES = ['span', 'throughput'] as const
const FEWEST_ITEMS = 11

export const change = defineMetric({
  name: 'change',
  title: 'Change between two periods',
  aka: ['before and after', 'improvement check'],
  unit: 'ratio',
  doc: 'Whether a figure changed from the period before to this one: its relative change with a 95 % interval (block bootstrap over weeks), and the verdict signal, could be noise, or too little data. With groupBy one row per group, where signals are held to a false discovery rate of 5 % (Benjamini–Hochberg).',
  source: 'Politis & Romano 1992; Benjamini & Hochberg 1995; definitions §10',
  subject: 'finished',
  uses: ['rule', 'span', 'unit', 'policy', 'percentiles', 'groupBy'],
  params: z.object({
    of: z.enum(FIGURES).default('span').describe('span: a percentile of the time to finish (the first of percentiles, default 85); throughput: items per week'),
    beforeFrom: z.string().optional().describe('first day of the period before, YYYY-MM-DD; default: as long as the window, right before it'),
    beforeTo: z.string().optional().describe('day after the period before, YYYY-MM-DD'),
    seed: z.string().regex(/^\d{1,9}$/, 'must be a whole number').default('1').describe('seed of the bootstrap'),
  }),
  columns: {
    before: column.float('figure in the period before', { nullable: true }),
    after: column.float('figure in this period', { nullable: true }),
    effect_ratio: column.float('after ÷ before − 1', { nullable: true }),
    low: column.float('lower end of its 95 % interval', { nullable: true }),
    high: column.float('upper end of its 95 % interval', { nullable: true }),
    verdict: column.text('signal, could be noise, or too little data'),
    n_before: column.int('finished items before', { unit: 'items' }),
    n_after: column.int('finished items after', { unit: 'items' }),
    seed: column.int('seed of the bootstrap'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => ({ before: daily({ ...context, window: windowBefore(context) }), after: daily(context) }),
  derive: (answers, context) => {
    const weeksBefore = weeksOf(answers.before ? toRows(answers.before) : [], windowBefore(context))
    const weeksAfter = weeksOf(answers.after ? toRows(answers.after) : [], context.window)
    const groups = context.params.group === undefined ? [null] : [...new Set([...weeksBefore.groups, ...weeksAfter.groups])].sort()
    const compared = groups.map((group) => compare(group, weeksBefore.of(group), weeksAfter.of(group), context))
    const signals = benjaminiHochberg(compared.map((one) => one.interval?.p ?? 1))
    return compared.map(({ row, interval }, index) => ({ ...row, verdict: interval ? (signals[index] ? 'signal' : 'could be noise') : 'too little data' }))
  },
})

type Own = { readonly of: 'span' | 'throughput'; readonly beforeFrom?: string; readonly beforeTo?: string; readonly seed: string }
/** Lengths of the items that finished in one week. */
type Week = ReadonlyMap<number, number>

function windowBefore(context: MetricContext<Own>): Window {
  const { window, params } = context
  const to = (params.beforeTo === undefined ? undefined : parseDay(params.beforeTo)) ?? window.from
  const from = (params.beforeFrom === undefined ? undefined : parseDay(params.beforeFrom)) ?? to - (window.to - window.from)
  return { ...window, from, to }
}

function daily(context: MetricContext<Own>) {
  return sql`SELECT grp, finish_day AS day, CAST(span_value AS DOUBLE) AS length, CAST(count(*) AS INTEGER) AS item_count
    FROM (${measuredFacts(context)}) AS measured GROUP BY grp, finish_day, span_value ORDER BY grp NULLS LAST, day, length`
}

/** Seven-day blocks from the beginning of the window; a rest shorter than a week is left out. */
function weeksOf(rows: readonly Row[], window: Window): { groups: (string | null)[]; of(group: string | null): Week[] } {
  const count = Math.floor((window.to - window.from) / 7)
  return {
    groups: [...new Set(rows.map((row) => row.grp as string | null))],
    of: (group) => {
      const weeks = Array.from({ length: count }, () => new Map<number, number>())
      for (const row of rows) {
        const week = weeks[Math.floor((Number(row.day) - window.from) / 7)]
        if (row.grp !== group || !week) continue
        week.set(Number(row.length), (week.get(Number(row.length)) ?? 0) + Number(row.item_count))
      }
      return weeks
    },
  }
}

function compare(group: string | null, before: readonly Week[], after: readonly Week[], context: MetricContext<Own>) {
  const { params } = context
  const percentile = params.percentiles.includes(85) ? 85 : (params.percentiles[0] ?? 85)
  const statistic = (weeks: readonly Week[]) => (params.of === 'throughput' ? perWeek(weeks) : percentileOf(weeks, percentile))
  const shown = (weeks: readonly Week[]) => {
    const value = statistic(weeks)
    return value === undefined ? null : params.of === 'span' ? toUnit(value, unitInForce(context)) : value
  }
  const [nBefore, nAfter] = [itemsIn(before), itemsIn(after)]
  const rng = Rng.of(Number(params.seed)).split(group ?? '')
  const interval: RatioInterval | undefined = Math.min(nBefore, nAfter) >= FEWEST_ITEMS ? ratioInterval(before, after, statistic, rng) : undefined
  const row = {
    before: shown(before),
    after: shown(after),
    effect_ratio: interval?.effect ?? null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n_before: nBefore,
    n_after: nAfter,
    seed: Number(params.seed),
    group,
  }
  return { row, interval }
}

function itemsIn(weeks: readonly Week[]): number {
  return weeks.reduce((sum, week) => sum + countOf([...week]), 0)
}

function perWeek(weeks: readonly Week[]): number | undefined {
  return weeks.length ? itemsIn(weeks) / weeks.length : undefined
}

function percentileOf(weeks: readonly Week[], percentile: number): number | undefined {
  const counts = new Map<number, number>()
  for (const week of weeks) for (const [length, count] of week) counts.set(length, (counts.get(length) ?? 0) + count)
  const histogram: Histogram = [...counts].sort(([a], [b]) => a - b)
  const n = countOf(histogram)
  return n ? valueAtRank(histogram, rankOf(percentile, n)) : undefined
}
