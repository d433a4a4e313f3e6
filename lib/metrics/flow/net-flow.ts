import { z } from 'zod'
import { type Cell, type ColumnTable, cellAt } from '../../engine/columns'
import type { Grain } from '../../model/unit'
import { periodStart, periodsIn } from '../../time/grain'
import { column, defineMetric } from '../define'
import { crossedItems, crossings } from '../facts/crossings'
import { entryOf } from '../facts/entries'
import { groupsOf } from '../facts/running'

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
  queries: (context) => ({ crossings: crossings(context) }),
  items: { list: crossedItems },
  derive: (answers, context) => {
    const grain = context.params.grain ?? 'week'
    const sums = sumsOf(answers.crossings, grain)
    const groups = groupsOf(
      [...sums.keys()].map((group) => ({ group })),
      context.params.group !== undefined,
    )
    const periods = periodsIn(context.window.from, context.window.to, grain)
    return groups.flatMap((group) => {
      const own = sums.get(group)
      return periods.map(({ start, partial }) => {
        const [arrivals = 0, departures = 0, restorations = 0, removals = 0, transfers_in = 0, transfers_out = 0] = own?.get(start) ?? []
        const net = arrivals - departures + restorations - removals + transfers_in - transfers_out
        return { period_on: start, arrivals, departures, restorations, removals, transfers_in, transfers_out, net, partial, group }
      })
    })
  },
})

/** Counts by group and first day of the period, in the order of KINDS. */
function sumsOf(table: ColumnTable | undefined, grain: Grain): Map<string | null, Map<number, number[]>> {
  const sums = new Map<string | null, Map<number, number[]>>()
  const [group, day, kind, count] = table?.columns ?? []
  if (!table || !group || !day || !kind || !count) return sums
  const places = new Map<Cell, number>(KINDS.map((name, place) => [name, place]))
  for (let row = 0; row < table.rowCount; row++) {
    const own = entryOf(sums, cellAt(group, row) as string | null, () => new Map<number, number[]>())
    const counts = entryOf(own, periodStart(Number(day.values[row]), grain), () => KINDS.map(() => 0))
    const place = places.get(cellAt(kind, row)) ?? 0
    counts[place] = (counts[place] ?? 0) + Number(count.values[row])
  }
  return sums
}
