import { z } from 'zod'
import { column, defineMetric } from '../define'
import { crossedItems } from '../facts/crossings'
import { crossingQueries, crossingsPerPeriod } from '../facts/crossings-per-period'

const KINDS = ['arrivals', 'departures', 'restorations', 'removals', 'transfers_in', 'transfers_out'] as const

export const netFlow = defineMetric({
  name: 'net-flow',
  title: 'Net flow',
  aka: ['inflow and outflow', 'arrivals against departures'],
  unit: 'items',
  doc: 'What changed the number of items in progress per period: arrivals, departures (every entry into done), restorations (every reopening), removals (cancelled), and in a slice the items that moved in and out of it. Net = arrivals − departures + restorations − removals + transfers in − transfers out: exactly the change of WIP.',
  source: 'definitions §5; Little 1961',
  subject: 'standing',
  uses: ['rule', 'span', 'grain', 'groupBy'],
  params: z.object({}),
  figure: { column: 'net' },
  columns: {
    period_on: column.day('first day of the period'),
    arrivals: column.int('items that crossed the start of the span', { unit: 'items' }),
    departures: column.int('entries into done', { unit: 'items' }),
    restorations: column.int('reopenings of finished and cancelled items', { unit: 'items' }),
    removals: column.int('items that were cancelled', { unit: 'items' }),
    transfers_in: column.int('items in progress that came into the slice', { unit: 'items' }),
    transfers_out: column.int('items in progress that left the slice', { unit: 'items' }),
    net: column.int('change of the items in progress', { unit: 'items' }),
    partial: column.bool('whether the window covers only a part of the period'),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: crossingQueries,
  items: { list: crossedItems },
  derive: (answers, context) =>
    crossingsPerPeriod(answers, context, KINDS).rows(({ start, partial }, sums, group) => {
      const [arrivals = 0, departures = 0, restorations = 0, removals = 0, transfers_in = 0, transfers_out = 0] = sums
      const net = arrivals - departures + restorations - removals + transfers_in - transfers_out
      return { period_on: start, arrivals, departures, restorations, removals, transfers_in, transfers_out, net, partial, group }
    }),
})
