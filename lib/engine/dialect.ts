import type { Sql } from './sql'

/** The functions that differ between engines; everything else in a metric's SQL is the portable subset. */
export interface Dialect {
  readonly name: string
  /** A table of an attached snapshot. */
  table(snapshotId: string, table: string): Sql
  /**
   * A text as the columns of a name hold it: compared with one, it lets the database pass over what lies elsewhere in the order of the
   * texts. What no column of the snapshot holds equals nothing.
   */
  text(snapshotId: string, column: string, text: string): Sql
  /** The value of `value` in the row where `by` is greatest. */
  argMax(value: Sql, by: Sql): Sql
  /** The first day of the period that holds a day, both as days since 1970-01-01; weeks begin on Monday. */
  periodStart(day: Sql, grain: 'day' | 'week' | 'month' | 'quarter' | 'year'): Sql
  /** Integers `first … last`, both included, as a relation with one column `n`. */
  series(first: number, last: number): Sql
  /** These integers as a relation with one column `n`; however many there are, the text is the same. */
  integers(values: readonly number[]): Sql
  /** Whole-text rendering of a piece: the statement and its parameters by name. */
  render(query: Sql): { text: string; params: Record<string, string | number | boolean | null> }
}
