import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext } from '../define'
import { asOfInstants, wholeSeconds } from '../facts/instants'
import { stageNamer } from '../facts/stages'
import { sliceOf } from '../slice'

const SECONDS_PER_DAY = 86_400

export const rework = defineMetric({
  name: 'rework',
  title: 'Rework ledger',
  aka: ['backward moves', 'returns', 'ping-pong'],
  unit: 'elapsed days',
  doc: 'Every move of an item to an earlier stage: from where, to where, when, and the days lost, which are those until it was back in the stage it had left or beyond (or until the as-of day, while it is not).',
  source: 'definitions §6; Martin & Osterling 2013, Value Stream Mapping',
  subject: 'standing',
  uses: ['rule'],
  params: z.object({}),
  columns: {
    stream_id: column.text('value stream'),
    item_id: column.text("the item's id in its source"),
    key: column.text('key that people use'),
    title: column.text('title'),
    from_stage: column.text('stage it was in'),
    to_stage: column.text('earlier stage it went to'),
    moved_on: column.day('local day of the move'),
    moved_at: column.instant('instant of the move'),
    days_lost: column.float('time until it was back', { unit: 'elapsed days' }),
    is_back: column.bool('whether it has come back by the as-of day'),
  },
  items: { list: (context) => sql`SELECT item_ix FROM (${backwardMoves(context)}) AS backward` },
  queries: (context) => {
    const { window } = context
    return {
      moves: sql`SELECT backward.stream_id, items.item_id, items.key, items.title, backward.from_position, backward.position, backward.day AS moved_on,
          backward.changed_at AS moved_at, CASE WHEN backward.undone_day <= ${window.asOf} THEN backward.undone_at END AS back_at
        FROM (${backwardMoves(context)}) AS backward JOIN ${context.table('items')} AS items ON items.item_ix = backward.item_ix
        ORDER BY moved_at, backward.stream_id, items.item_id, backward.seq`,
    }
  },
  derive: (answers, context) => {
    const nameOf = stageNamer(context.streams)
    const endOf = asOfInstants(context)
    return (answers.moves ? toRows(answers.moves) : []).map((row): Row => {
      const until = row.back_at === null ? endOf(row.stream_id) : Number(row.back_at)
      const days_lost = wholeSeconds(Number(row.moved_at), until) / SECONDS_PER_DAY
      const [from_stage, to_stage] = [nameOf(row.stream_id, row.from_position), nameOf(row.stream_id, row.position)]
      return { ...row, from_stage, to_stage, days_lost, is_back: row.back_at !== null }
    })
  },
})

/** Moves of items in scope to an earlier stage inside the window, one row each. */
function backwardMoves(context: MetricContext): Sql {
  const { window } = context
  const slice = sliceOf(context, { own: 'as_of', day: sql`fact.day` })
  return sql`SELECT fact.item_ix, fact.stream_id, fact.seq, fact.changed_at, fact.day, fact.from_position, fact.position,
      fact.undone_at, fact.undone_day
    FROM ${context.table('moves')} AS fact ${slice.joins}
    WHERE fact.day >= ${window.from} AND fact.day < ${window.to} AND fact.position >= 0 AND fact.position < fact.from_position AND ${slice.condition}`
}
