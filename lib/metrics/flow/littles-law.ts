import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { type Ask, column, defineMetric, type MetricContext } from '../define'
import { scopeOf } from '../facts/asking'
import { finishedCounts } from '../facts/finished'

/** Deviations up to a tenth are taken as equal. */
const TOLERANCE = 0.1
const SECONDS_PER_DAY = 86_400
const FLOWS = ['arrivals', 'departures', 'removals', 'restorations', 'transfers_in', 'transfers_out']
/** It can't be otherwise here; it is on the card because the law asks for it. */
const UNITS = 'Times are elapsed days, items in progress are counted at the ends of days, throughput is per calendar day.'

export const littlesLaw = defineMetric({
  name: 'littles-law',
  title: "Little's law card",
  aka: ["Little's law assumptions"],
  unit: 'ratio',
  doc: 'Mean flow time = mean WIP ÷ mean throughput holds only under assumptions. Each is tested by itself over the window, and the residual of the law is shown. In a slice, items that move in and out of it arrive and depart.',
  source: 'Little 1961; Vacanti 2015, ch. 3; definitions §8',
  subject: 'standing',
  uses: ['rule', 'span', 'policy'],
  params: z.object({}),
  columns: {
    assumption: column.text('what has to hold'),
    holds: column.bool('whether it does, within a tenth'),
    evidence: column.text('the figures, in a sentence'),
    residual_ratio: column.float('relative deviation', { nullable: true }),
  },
  queries: (context) => ({
    finished: sql`SELECT grp, CAST(sum(item_count) AS INTEGER) AS n, CAST(sum(span_seconds) AS DOUBLE) AS seconds
      FROM (${finishedCounts(context, 'span_seconds')}) AS finished GROUP BY grp`,
  }),
  itemsOf: (context) => ({
    metric: 'finished-items',
    params: { ...scopeOf(context), span: context.params.span, policy: context.params.policy },
  }),
  compose: (ask, context, { finished }) => card(ask, context, finished ? toRows(finished)[0] : undefined),
})

/** @param finished number and elapsed seconds of the items that finished, if any */
async function card(ask: Ask, context: MetricContext, finished: Row | undefined): Promise<Row[]> {
  const scope = scopeOf(context)
  const [{ rows: levels }, { rows: flows }] = await Promise.all([
    ask('wip', { ...scope, span: context.params.span, policy: context.params.policy }),
    ask('net-flow', { ...scope, span: context.params.span, grain: 'day' }),
  ])
  const [first, last] = [levels[0], levels.at(-1)]
  if (!first || !last || !finished)
    return [{ assumption: 'there is anything to judge', holds: false, evidence: 'Nothing finished in the window.', residual_ratio: null }]
  const days = levels.length
  const sum = (rows: readonly Row[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
  const [arrivals, departures, removals, restorations, movedIn, movedOut] = FLOWS.map((name) => sum(flows, name))
  const came = Number(arrivals) + Number(movedIn)
  const gone = Number(departures) + Number(removals) - Number(restorations) + Number(movedOut)
  const transfers = movedIn || movedOut ? ` In and out of the slice moved ${told(movedIn)} and ${told(movedOut)}.` : ''
  const before = Number(last.item_count) - sum(flows, 'net')
  const age = (row: Row) => (Number(row.item_count) ? Number(row.total_age_days) / Number(row.item_count) : 0)
  const meanWip = sum(levels, 'item_count') / days
  const count = Number(finished.n)
  const meanTime = Number(finished.seconds) / SECONDS_PER_DAY / count
  const predicted = meanWip / (count / days)
  return [
    judge(
      'arrivals equal departures',
      came,
      gone,
      `${told(arrivals)} came; ${told(departures)} times an item was finished and ${told(removals)} times cancelled, which ${told(restorations)} times was taken back.${transfers}`,
    ),
    judge(
      'WIP is the same at both ends',
      Number(first.item_count),
      Number(last.item_count),
      `${told(first.item_count)} items at the beginning, ${told(last.item_count)} at the end.`,
    ),
    judge(
      'the average age neither rises nor falls',
      age(first),
      age(last),
      `${told(age(first), 1)} days at the beginning, ${told(age(last), 1)} at the end.`,
    ),
    judge(
      'everything started is finished or removed',
      Number(last.item_count),
      0,
      `${told(last.item_count)} items are still in progress, of ${told(came)} that came and ${told(before)} that were there before.`,
      came + before,
    ),
    judge(
      'mean time = mean WIP ÷ throughput',
      meanTime,
      predicted,
      `Mean time ${told(meanTime, 1)} days; ${told(meanWip, 1)} items in progress at ${told(count / days, 2)} a day give ${told(predicted, 1)}.`,
    ),
    { assumption: 'units agree', holds: true, evidence: UNITS, residual_ratio: null },
  ]
}

/** A number as an English sentence has it. */
function told(value: unknown, digits = 0): string {
  return Number(value).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function judge(
  assumption: string,
  found: number,
  expected: number,
  evidence: string,
  scale = Math.max(Math.abs(found), Math.abs(expected)),
): Row {
  const residual = scale === 0 ? 0 : (found - expected) / scale
  return { assumption, holds: Math.abs(residual) <= TOLERANCE, evidence, residual_ratio: residual }
}
