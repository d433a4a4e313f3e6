import { z } from 'zod'
import { type ColumnTable, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { parseDay } from '../../time/day'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind } from '../facts/behind'
import { lengthCounts, toUnit, unitInForce } from '../facts/finished'
import { dayText } from '../own-params'
import type { Window } from '../window'
import { compareWeeks } from './compare-weeks'
import type { Week } from './weeks'

const FIGURES = ['span', 'throughput'] as const

export const change = defineMetric({
  name: 'change',
  title: 'Change between two periods',
  aka: ['before and after', 'improvement check'],
  unit: 'ratio',
  doc: 'Whether a figure changed from the period before to this one: its relative change with a 95 % interval (block bootstrap over weeks, widened by how far one week resembles the next), and the verdict signal, could be noise, or too little data (fewer than eleven items or six weeks in either period). Each period counts by its whole weeks from its first day on, up to the as-of date. With groupBy one row per group, where signals are held to a false discovery rate of 5 % (Benjamini–Hochberg).',
  source: 'Politis & Romano 1992; Benjamini & Hochberg 1995; definitions §10',
  subject: 'finished',
  uses: ['rule', 'span', 'unit', 'policy', 'percentiles', 'groupBy'],
  params: z.object({
    of: z
      .enum(FIGURES)
      .default('span')
      .describe(
        'span: a percentile of the time to finish (85, or the first of percentiles when 85 is not among them); throughput: items per week',
      ),
    beforeFrom: dayText.optional().describe('first day of the period before, YYYY-MM-DD; default: as long as the window, right before it'),
    beforeTo: dayText.optional().describe('day after the period before, YYYY-MM-DD'),
    seed: z
      .string()
      .regex(/^\d{1,9}$/, 'must be a whole number')
      .default('1')
      .describe('seed of the bootstrap'),
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
  queries: (context) => ({
    before: daily(inWholeWeeks({ ...context, window: windowBefore(context) })),
    after: daily(inWholeWeeks(context)),
  }),
  derive: (answers, context) => {
    const { params } = context
    const [before, after] = [weeksOf(answers.before, windowBefore(context)), weeksOf(answers.after, context.window)]
    const groups = params.group === undefined ? [null] : [...new Set([...before.groups, ...after.groups])].sort()
    const slices = groups.map((group) => ({ group, before: before.of(group), after: after.of(group) }))
    const percentile = params.percentiles.includes(85) ? 85 : (params.percentiles[0] ?? 85)
    const unit = unitInForce(context)
    const shown = (value: number | undefined) => (value === undefined ? null : params.of === 'span' ? toUnit(value, unit) : value)
    return compareWeeks(slices, params.of === 'span' ? percentile : undefined, Number(params.seed)).map((one) => ({
      before: shown(one.before),
      after: shown(one.after),
      effect_ratio: one.interval?.effect ?? null,
      low: one.interval?.low ?? null,
      high: one.interval?.high ?? null,
      verdict: one.verdict,
      n_before: one.nBefore,
      n_after: one.nAfter,
      seed: Number(params.seed),
      group: one.group,
    }))
  },
  items: { list: (context) => finishedBehind(inWholeWeeks(context)), counted: { how: 'sum', column: 'n_after' } },
})

type Own = { readonly of: 'span' | 'throughput'; readonly beforeFrom?: string; readonly beforeTo?: string; readonly seed: string }

function windowBefore(context: MetricContext<Own>): Window {
  const { window, params } = context
  const to = (params.beforeTo === undefined ? undefined : parseDay(params.beforeTo)) ?? window.from
  const from = (params.beforeFrom === undefined ? undefined : parseDay(params.beforeFrom)) ?? to - (window.to - window.from)
  return { ...window, from, to: Math.min(to, window.asOf + 1) }
}

function daily(context: MetricContext<Own>) {
  return sql`SELECT grp, finish_day AS day, CAST(span_value AS DOUBLE) AS length, CAST(sum(item_count) AS INTEGER) AS item_count
    FROM (${lengthCounts(context)}) AS measured GROUP BY grp, finish_day, span_value ORDER BY grp NULLS LAST, day, length`
}

/** What is compared of a window: its whole weeks. */
function inWholeWeeks(context: MetricContext<Own>): MetricContext<Own> {
  const { window } = context
  return { ...context, window: { ...window, to: window.from + 7 * Math.max(0, Math.floor((window.to - window.from) / 7)) } }
}

/** Seven-day blocks from the beginning of the window; a rest shorter than a week is left out. */
function weeksOf(table: ColumnTable | undefined, window: Window): { groups: (string | null)[]; of(group: string | null): Week[] } {
  const rows = table ? toRows(table) : []
  const count = Math.max(0, Math.floor((window.to - window.from) / 7))
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
