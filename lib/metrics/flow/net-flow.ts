import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import type { Grain } from '../../model/unit'
import { periodStart, periodsIn } from '../../time/grain'
import { column, defineMetric } from '../define'
import { crossedItems, crossings } from '../facts/crossings'
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
    const rows = (answers.crossings ? toRows(answers.crossings) : []).map(
      (row) => ({ ...row, group: row.grp as string | null }) as Row & { group: string | null },
    )
    return groupsOf(rows, context.params.group !== undefined).flatMap((group) => {
      const counts = countsOf(
        rows.filter((row) => row.group === group),
        grain,
      )
      return periodsIn(context.window.from, context.window.to, grain).map(({ start, partial }) => {
        const of = (kind: (typeof KINDS)[number]) => counts.get(`${start} ${kind}`) ?? 0
        const net = of('arrivals') - of('departures') + of('restorations') - of('removals') + of('transfers_in') - of('transfers_out')
        return { period_on: start, ...Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])), net, partial, group }
      })
    })
  },
})

/** Counts by period and kind, under `<first day> <kind>`. */
function countsOf(rows: readonly Row[], grain: Grain): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = `${periodStart(Number(row.day), grain)} ${row.kind}`
    counts.set(key, (counts.get(key) ?? 0) + Number(row.item_count))
  }
  return counts
}
