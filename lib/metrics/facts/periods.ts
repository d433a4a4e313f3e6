import { type ColumnTable, cellAt, numbersOf, type Row } from '../../engine/columns'
import { join, type Sql, sql } from '../../engine/sql'
import type { Grain } from '../../model/unit'
import { type Period, periodStart, periodsIn } from '../../time/grain'
import type { MetricContext } from '../define'
import { entryOf } from './entries'
import { groupsOf } from './running'

/** A row for each group and period, with its count: the first of the sums. */
export function countRows(sums: PeriodSums): Row[] {
  return sums.rows(({ start, partial }, [item_count = 0], group) => ({ period_on: start, item_count, partial, group }))
}

/** Columns of rows per day (`grp, day` and these) summed to periods. */
export function summedPerPeriod(
  table: ColumnTable | undefined,
  context: MetricContext,
  grain: Grain,
  names: readonly string[],
): PeriodSums {
  const sums = new PeriodSums(context, grain, names.length)
  const group = table?.columns.find(({ name }) => name === 'grp')
  if (!table || !group) return sums
  const days = numbersOf(table, 'day')
  const columns = names.map((name) => numbersOf(table, name))
  for (let row = 0; row < table.rowCount; row++)
    sums.addRow(columns, row, days[row] ?? 0, sums.isGrouped ? (cellAt(group, row) as string | null) : null)
  return sums
}

/** Some sums for each group and period of the window. */
export class PeriodSums {
  readonly isGrouped: boolean
  readonly #periods: readonly Period[]
  readonly #from: number
  readonly #placeOfDay: Int32Array
  readonly #byGroup = new Map<string | null, Float64Array>()
  #last: { readonly group: string | null; readonly sums: Float64Array } | undefined

  constructor(
    { window: { from, to }, params }: MetricContext,
    grain: Grain,
    /** Sums of each period. */
    private readonly count: number,
  ) {
    this.isGrouped = params.group !== undefined
    this.#periods = periodsIn(from, to, grain)
    this.#from = from
    this.#placeOfDay = placesOf(this.#periods, from, to)
  }

  /** Adds a value to one of the sums, on a day of the window. */
  add(index: number, value: number, day: number, group: string | null): void {
    if (!this.#last || this.#last.group !== group) {
      this.#last = { group, sums: entryOf(this.#byGroup, group, () => new Float64Array(this.#periods.length * this.count)) }
    }
    const place = (this.#placeOfDay[day - this.#from] ?? 0) * this.count + index
    this.#last.sums[place] = (this.#last.sums[place] ?? 0) + value
  }

  /** Adds a row of columns, one for each of the sums. */
  addRow(columns: readonly (Int32Array | Float64Array)[], row: number, day: number, group: string | null): void {
    for (let index = 0; index < columns.length; index++) this.add(index, columns[index]?.[row] ?? 0, day, group)
  }

  /** A row for each group and period, those without any sum included. */
  rows<T>(rowOf: (period: Period, sums: readonly number[], group: string | null) => T): T[] {
    const groups = groupsOf(
      [...this.#byGroup.keys()].map((group) => ({ group })),
      this.isGrouped,
    )
    return groups.flatMap((group) => {
      const own = this.#byGroup.get(group)
      return this.#periods.map((period, place) =>
        rowOf(
          period,
          Array.from({ length: this.count }, (_, index) => own?.[place * this.count + index] ?? 0),
          group,
        ),
      )
    })
  }
}

/** Number of the period that holds a day, from the first day of the window on. */
export function placesOf(periods: readonly Pick<Period, 'start' | 'end'>[], from: number, to: number): Int32Array {
  const places = new Int32Array(Math.max(0, to - from))
  for (const [place, { start, end }] of periods.entries()) places.fill(place, Math.max(0, start - from), end - from)
  return places
}

/** A relation `day` of the last day of each period of the window: where levels are read. */
export function periodEnds(context: MetricContext, grain: Grain): Sql {
  const { from, to } = context.window
  const ends = periodsIn(from, to, grain).map((period) => sql`SELECT ${Math.min(period.end, to) - 1} AS day`)
  return sql`(${ends.length ? join(ends, ' UNION ALL ') : sql`SELECT 0 AS day WHERE FALSE`})`
}

/** Rows with a `day`, by the first day of the period that holds it. */
export function byPeriod(rows: readonly Row[], grain: Grain): Map<number, Row[]> {
  const periods = new Map<number, Row[]>()
  for (const row of rows) {
    const start = periodStart(Number(row.day), grain)
    const own = periods.get(start)
    if (own) own.push(row)
    else periods.set(start, [row])
  }
  return periods
}
