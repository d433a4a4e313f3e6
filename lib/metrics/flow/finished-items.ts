import { z } from 'zod'
import { sql } from '../../engine/sql'
import { column, defineMetric } from '../define'
import { finishedBehind } from '../facts/behind'
import { finishedFacts } from '../facts/finished'

const SECONDS_PER_DAY = 86_400

export const finishedItems = defineMetric({
  name: 'finished-items',
  title: 'Finished items',
  aka: ['cycle time scatterplot', 'lead time scatterplot'],
  unit: 'days',
  doc: 'Every item that finished in the window, each once, at its last finish as of the as-of date, with how long it took.',
  source: 'Vacanti 2015, ch. 10',
  subject: 'finished',
  uses: ['rule', 'span', 'policy'],
  params: z.object({}),
  columns: {
    stream_id: column.text('value stream'),
    item_id: column.text("the item's id in its source"),
    key: column.text('key that people use'),
    title: column.text('title'),
    type: column.text('flow item type when it finished', { nullable: true }),
    team: column.text('team when it finished', { nullable: true }),
    finished_on: column.day('local day of its last finish'),
    finished_at: column.instant('instant of its last finish'),
    span_days: column.int('inclusive calendar days from start to finish', { unit: 'days' }),
    elapsed_days: column.float('elapsed days of 86,400 seconds', { unit: 'elapsed days' }),
    policy_matters: column.bool('whether another policy for items that move back gives another length'),
  },
  items: { list: finishedBehind, counted: { how: 'rows' } },
  queries: (context) => ({
    rows: sql`SELECT measured.stream_id, items.item_id, items.key, items.title, measured.type, measured.team, measured.finish_day AS finished_on, measured.finished_at, measured.span_days,
        CAST(measured.span_seconds AS DOUBLE) / ${SECONDS_PER_DAY} AS elapsed_days, measured.policy_matters
      FROM (${finishedFacts(context)}) AS measured
      JOIN ${context.table('items')} AS items ON items.item_ix = measured.item_ix
      ORDER BY measured.finished_at, measured.stream_id, items.item_id`,
  }),
})
