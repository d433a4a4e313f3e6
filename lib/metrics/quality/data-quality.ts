import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import { countOf, type Histogram, rankOf, valueAtRank } from '../../stats/nearest-rank'
import { column, defineMetric } from '../define'
import { onDay } from '../facts/behind'
import { finishedFacts } from '../facts/finished'
import { itemOrder } from '../facts/item-order'
import { openSpells } from '../facts/open'
import { sliceOf } from '../slice'
import { IDENTITY_RULES } from './rules/identity'
import { type QualityContext, type Rule, SEVERITIES, type Severity } from './rules/rule'
import { TIME_RULES } from './rules/times'
import { WORKFLOW_RULES } from './rules/workflow'

const RULES: readonly Rule[] = [...IDENTITY_RULES, ...WORKFLOW_RULES, ...TIME_RULES]
const EXAMPLES = 3
const PERCENTILE = 85

export const dataQuality = defineMetric({
  name: 'data-quality',
  title: 'Data quality',
  aka: ['data issues', 'data health'],
  unit: 'items',
  doc: 'What is odd about the data, rule by rule, each with the items that it finds among those that were in progress or changed in the window, and with what the headline figures (throughput, 85th percentile of the span, WIP at the end) are with and without them. Rules that find nothing are not listed.',
  source: 'definitions §1 and §15; jirametrics (data quality checks)',
  subject: 'standing',
  uses: ['rule', 'span', 'policy'],
  params: z.object({
    check: z
      .enum(RULES.map((rule) => rule.name) as [string, ...string[]])
      .optional()
      .describe('only this rule'),
    idleDays: z
      .string()
      .regex(/^\d{1,4}$/, 'must be a whole number of days')
      .transform(Number)
      .default(90)
      .describe('days without any change after which work in progress is a zombie'),
  }),
  columns: {
    rule: column.text('rule'),
    severity: column.text('error: the data can’t be right; warning: it may mislead; info: worth knowing'),
    item_count: column.int('items that it finds; for what only the build could see, rows', { unit: 'items' }),
    meaning: column.text('what is so of them'),
    example_keys: column.text('keys of some of them, comma-separated'),
    throughput_with: column.int('items finished in the window', { unit: 'items' }),
    throughput_without: column.int('the same without these items; absent where they can’t be told', { unit: 'items', nullable: true }),
    p85_with: column.int('85th percentile of the span', { unit: 'days', nullable: true }),
    p85_without: column.int('the same without these items', { unit: 'days', nullable: true }),
    wip_with: column.int('items in progress at the end of the window', { unit: 'items' }),
    wip_without: column.int('the same without these items', { unit: 'items', nullable: true }),
    effect: column.text('what these items change, in a sentence'),
  },
  queries: (context) => ({
    found: figures(context),
    examples: examples(context),
    lengths: lengths(context),
    wip: sql`SELECT CAST(count(*) AS INTEGER) AS item_count FROM (${open(context)}) AS standing`,
  }),
  items: {
    list: (context) => sql`SELECT item_ix FROM (${found(context)}) AS found`,
    counted: { how: 'sum', column: 'item_count' },
    rowsOf: (context) => {
      const rule = RULES.find((one) => one.name === context.params.check)
      return rule?.items ? (row) => row.rule === rule.name : undefined
    },
  },
  derive: (answers, context) => {
    const of = (name: string) => (answers[name] ? toRows(answers[name]) : [])
    const whole: Headline = { lengths: histogramOf(of('lengths')), wip: Number(of('wip')[0]?.item_count ?? 0) }
    const rows = wanted(context).flatMap((rule) => {
      if (!rule.items) return repaired(rule, whole, context)
      const own = of('found').filter((row) => row.rule === rule.name)
      const keys = of('examples').filter((row) => row.rule === rule.name)
      return own.length
        ? [
            effectOf(
              rule,
              own,
              keys.map((row) => String(row.key)),
              whole,
            ),
          ]
        : []
    })
    const rank = (row: Row) => SEVERITIES.indexOf(row.severity as Severity)
    return rows.sort((a, b) => rank(a) - rank(b) || Number(b.item_count) - Number(a.item_count))
  },
})

interface Headline {
  readonly lengths: Histogram
  readonly wip: number
}

function wanted(context: QualityContext): readonly Rule[] {
  const { check } = context.params
  return RULES.filter((rule) => check === undefined || rule.name === check)
}

/** `rule, item_ix` of every rule, of the items in question alone. */
function found(context: QualityContext): Sql {
  const parts = wanted(context).flatMap((rule) =>
    rule.items ? [sql`SELECT DISTINCT ${rule.name} AS rule, item_ix FROM (${rule.items(context)}) AS odd`] : [],
  )
  const all = parts.length ? join(parts, ' UNION ALL ') : sql`SELECT '' AS rule, 0 AS item_ix WHERE FALSE`
  return sql`SELECT odd_items.rule, odd_items.item_ix FROM (${all}) AS odd_items JOIN (${inQuestion(context)}) AS asked ON asked.item_ix = odd_items.item_ix`
}

/** Items in scope that were in progress or changed inside the window. */
function inQuestion(context: QualityContext): Sql {
  const { from, to } = context.window
  const slice = sliceOf(context, { day: sql`${to - 1}` })
  return sql`SELECT DISTINCT fact.item_ix FROM (
      SELECT item_ix, stream_id FROM ${context.table('spells')} AS stood
      WHERE status = 'open' AND ${from < to} AND from_day < ${to} AND to_day > ${from}
      UNION SELECT item_ix, stream_id FROM ${context.table('changes')} AS told WHERE day >= ${from} AND day < ${to}) AS fact ${slice.joins}
    WHERE ${slice.condition}`
}

/** Finished items count at their finish, as they do in throughput. */
function finished(context: QualityContext): Sql {
  const { rule } = context.params
  const peers: QualityContext = { ...context, params: { ...context.params, rule: rule === 'as_of' ? 'at_finish' : rule } }
  return finishedFacts(peers)
}

function open(context: QualityContext): Sql {
  return sql`SELECT DISTINCT item_ix FROM (${onDay(openSpells(context), context, context.window.to - 1)}) AS open_spells`
}

function lengths(context: QualityContext): Sql {
  return sql`SELECT span_days, CAST(count(*) AS INTEGER) AS item_count FROM (${finished(context)}) AS ended GROUP BY span_days ORDER BY span_days`
}

function figures(context: QualityContext): Sql {
  return sql`SELECT found.rule, ended.span_days, standing.item_ix IS NOT NULL AS in_progress, CAST(count(*) AS INTEGER) AS item_count FROM (${found(context)}) AS found
    LEFT JOIN (${finished(context)}) AS ended ON ended.item_ix = found.item_ix
    LEFT JOIN (${open(context)}) AS standing ON standing.item_ix = found.item_ix
    GROUP BY found.rule, ended.span_days, standing.item_ix IS NOT NULL ORDER BY rule, span_days, in_progress`
}

function examples(context: QualityContext): Sql {
  const order = itemOrder(context, 'items')
  return sql`SELECT rule, key FROM (
      SELECT found.rule, items.key, row_number() OVER (PARTITION BY found.rule ORDER BY items.stream_ix DESC, ${order.key} DESC) AS nth
      FROM (${found(context)}) AS found JOIN ${context.table('items')} AS items ON items.item_ix = found.item_ix ${order.joins}) AS numbered
    WHERE nth <= ${EXAMPLES} ORDER BY rule, nth`
}

function histogramOf(rows: readonly Row[]): [number, number][] {
  return rows.map((row) => [Number(row.span_days), Number(row.item_count)])
}

function effectOf(rule: Rule, own: readonly Row[], keys: readonly string[], whole: Headline): Row {
  const gone = new Map<number, number>()
  for (const row of own)
    if (row.span_days !== null) gone.set(Number(row.span_days), (gone.get(Number(row.span_days)) ?? 0) + Number(row.item_count))
  const rest = whole.lengths
    .map(([days, count]): [number, number] => [days, count - (gone.get(days) ?? 0)])
    .filter(([, count]) => count > 0)
  const count = own.reduce((sum, row) => sum + Number(row.item_count), 0)
  const stuck = own.reduce((sum, row) => sum + (row.in_progress === true ? Number(row.item_count) : 0), 0)
  const before = { throughput: countOf(whole.lengths), p85: percentile(whole.lengths), wip: whole.wip }
  const after = { throughput: countOf(rest), p85: percentile(rest), wip: whole.wip - stuck }
  const told = [
    before.throughput === after.throughput ? '' : `throughput ${before.throughput} → ${after.throughput}`,
    before.p85 === after.p85 ? '' : `${PERCENTILE}th percentile ${before.p85 ?? 'none'} → ${after.p85 ?? 'none'} days`,
    before.wip === after.wip ? '' : `WIP ${before.wip} → ${after.wip}`,
  ].filter((text) => text !== '')
  return {
    ...{ rule: rule.name, severity: rule.severity, item_count: count, meaning: rule.meaning, example_keys: keys.join(', ') },
    ...{ throughput_with: before.throughput, throughput_without: after.throughput },
    ...{ p85_with: before.p85, p85_without: after.p85, wip_with: before.wip, wip_without: after.wip },
    effect: told.length ? `Without them: ${told.join(', ')}.` : 'Without them no headline figure changes.',
  }
}

/** What the build had to put right, over the whole history of the streams in scope. */
function repaired(rule: Rule, whole: Headline, context: QualityContext): Row[] {
  const own = context.repairs.filter(
    (repair) => rule.repairs?.includes(repair.rule) && context.streams.some((stream) => stream.id === repair.streamId),
  )
  const count = own.reduce((sum, repair) => sum + repair.rowCount, 0)
  if (!count) return []
  return [
    {
      ...{ rule: rule.name, severity: rule.severity, item_count: count, meaning: rule.meaning },
      example_keys: own
        .flatMap((repair) => (repair.example === null ? [] : [repair.example]))
        .slice(0, EXAMPLES)
        .join(', '),
      ...{ throughput_with: countOf(whole.lengths), throughput_without: null, p85_with: percentile(whole.lengths), p85_without: null },
      ...{ wip_with: whole.wip, wip_without: null },
      effect: 'Put right when the snapshot was built, over its whole history; which items it were can’t be told any more.',
    },
  ]
}

function percentile(histogram: Histogram): number | null {
  const n = countOf(histogram)
  return n ? (valueAtRank(histogram, rankOf(PERCENTILE, n)) ?? null) : null
}
