import { z } from 'zod'
import { list, sql } from '../../engine/sql'
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
    seconds: column.float('how long it lasted, up to the last change of the item', { unit: 'seconds', nullable: true }),
    waiting_seconds: column.float('of these, waiting', { unit: 'seconds', nullable: true }),
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
    return {
      rows: sql`SELECT * FROM (
          SELECT stream_id, 'stage' AS kind, stage_id AS name, CAST(NULL AS VARCHAR) AS from_value, CAST(NULL AS VARCHAR) AS to_value, entered_at,
            CASE WHEN leave_day <= ${asOf} THEN left_at END AS left_at, CAST(seconds AS DOUBLE) AS seconds, CAST(waiting_seconds AS DOUBLE) AS waiting_seconds
          FROM ${context.table('visits')} AS visits WHERE item_ix IN (${mine}) AND enter_day <= ${asOf}
          UNION ALL
          SELECT stream_id, CASE WHEN field = 'blocked' THEN 'blocked' ELSE 'change' END, field, from_value, to_value, changed_at,
            CAST(NULL AS TIMESTAMP), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE)
          FROM ${context.table('changes')} AS changes WHERE item_ix IN (${mine}) AND day <= ${asOf}) AS life
        WHERE stream_id IN ${list(inStreams)}
        ORDER BY stream_id, entered_at, kind DESC, name`,
    }
  },
})
