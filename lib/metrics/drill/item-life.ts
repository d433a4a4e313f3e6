import { z } from 'zod'
import { list, type Sql, sql } from '../../engine/sql'
import { column, defineMetric } from '../define'

export const itemLife = defineMetric({
  name: 'item-life',
  title: 'Life of an item',
  aka: ['item history', 'timeline'],
  unit: 'days',
  doc: 'Everything that happened to one item: its stays in stages, its blocked spells, and each change of a field.',
  source: 'definitions §1',
  subject: 'standing',
  uses: [],
  params: z.object({ item: z.string().min(1).max(500).describe("the item's id in its source") }),
  columns: {
    stream_id: column.text('value stream'),
    kind: column.text('stage, blocked or change'),
    name: column.text('stage id, "blocked", or the field that changed'),
    from_value: column.text('value before a change', { nullable: true }),
    to_value: column.text('value after a change', { nullable: true }),
    entered_at: column.instant('when it began'),
    left_at: column.instant('when it ended; absent while it lasts', { nullable: true }),
    seconds: column.float('how long it lasted; absent while it lasts', { unit: 'seconds', nullable: true }),
    waiting_seconds: column.float('of a stay, the time in a queue, in a waiting state or blocked', { unit: 'seconds', nullable: true }),
  },
  items: {
    list: (context) => sql`SELECT item_ix FROM ${context.table('items')} AS wanted
      WHERE wanted.item_id = ${context.params.item} AND wanted.stream_id IN ${list(context.streams.map((stream) => stream.id))}`,
  },
  queries: (context) => {
    const { item } = context.params
    const mine = sql`SELECT item_ix FROM ${context.table('items')} AS wanted WHERE wanted.item_id = ${item}`
    const inStreams = context.streams.map((stream) => stream.id)
    const { asOf } = context.window
    const ended = (day: Sql, value: Sql) => sql`CASE WHEN ${day} <= ${asOf} THEN ${value} END`
    return {
      rows: sql`SELECT * FROM (
          SELECT stream_id, 'stage' AS kind, stage_id AS name, CAST(NULL AS VARCHAR) AS from_value, CAST(NULL AS VARCHAR) AS to_value, entered_at,
            ${ended(sql`leave_day`, sql`left_at`)} AS left_at, ${ended(sql`leave_day`, sql`CAST(seconds AS DOUBLE)`)} AS seconds,
            ${ended(sql`leave_day`, sql`CAST(waiting_seconds AS DOUBLE)`)} AS waiting_seconds, visit_ix AS place
          FROM ${context.table('visits')} AS visits WHERE item_ix IN (${mine}) AND enter_day <= ${asOf}
          UNION ALL
          SELECT stream_id, 'blocked', 'blocked', CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), blocked_at,
            ${ended(sql`unblock_day`, sql`unblocked_at`)}, ${ended(sql`unblock_day`, sql`CAST(date_diff('second', blocked_at, unblocked_at) AS DOUBLE)`)},
            CAST(NULL AS DOUBLE), block_ix
          FROM ${context.table('blocks')} AS blocks WHERE item_ix IN (${mine}) AND block_day <= ${asOf}
          UNION ALL
          SELECT stream_id, 'change', field, from_value, to_value, changed_at,
            CAST(NULL AS TIMESTAMP), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), seq
          FROM ${context.table('changes')} AS changes WHERE item_ix IN (${mine}) AND day <= ${asOf} AND field <> 'blocked') AS life
        WHERE stream_id IN ${list(inStreams)}
        ORDER BY stream_id, entered_at, kind DESC, name, place`,
    }
  },
})
