import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { stageNamer } from '../../snapshot/positions'
import { column, defineMetric, type MetricContext } from '../define'
import { atStage } from '../facts/behind'
import { asOfInstants, wholeSeconds } from '../facts/instants'
import { movesBack } from '../facts/moves-back'
import { requireStage } from '../facts/stages'

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
  params: z.object({
    fromStage: z.string().optional().describe('only moves out of this stage'),
    toStage: z.string().optional().describe('only moves back to this stage'),
  }),
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
  items: { list: (context) => sql`SELECT item_ix FROM (${wantedMoves(context)}) AS backward` },
  queries: (context) => ({
    moves: sql`SELECT backward.stream_id, items.item_id, items.key, items.title, backward.from_position, backward.position, backward.day AS moved_on,
        backward.changed_at AS moved_at, backward.back_at
      FROM (${wantedMoves(context)}) AS backward JOIN ${context.table('items')} AS items ON items.item_ix = backward.item_ix
      ORDER BY moved_at, backward.stream_id, items.item_id, backward.seq`,
  }),
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

/** @throws Problem for a stage that no stream has */
function wantedMoves(context: MetricContext<{ readonly fromStage?: string; readonly toStage?: string }>): Sql {
  const { fromStage, toStage } = context.params
  const at = (where: string, stageId: string | undefined, column: Sql) => {
    if (stageId === undefined) return sql`TRUE`
    requireStage(context, { metric: 'rework', where, stageId })
    return atStage(context, stageId, (position) => sql`${column} = ${position}`)
  }
  return sql`SELECT * FROM (${movesBack(context)}) AS moved
    WHERE ${at('fromStage', fromStage, sql`from_position`)} AND ${at('toStage', toStage, sql`position`)}`
}
