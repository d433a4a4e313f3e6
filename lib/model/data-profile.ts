/**
 * What `init` asks of a data file before it drafts a portfolio, in two steps: the columns, then, once columns are chosen, how states
 * follow each other. Texts are the file's own: CSV cells trimmed, typed values (Parquet, JSON) as `CAST(x AS VARCHAR)` gives them.
 * A value is blank when it is NULL or empty after trimming; null words such as `?` are not blank here.
 */
export interface DataProfile {
  /** Path as it shall stand in the draft: relative to the draft's folder, with `/`. */
  readonly file: string
  readonly rowCount: number
  /** Only of a CSV file, and only when it is no comma. */
  readonly delimiter?: string
  /** In the order of the file. */
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly name: string
  /** Share of blank rows, 0..1. */
  readonly blankRatio: number
  /** Distinct values that are not blank, counted exactly. */
  readonly distinctCount: number
  /** Distinct values that are not blank, the most frequent first, equally frequent ones by text; 500 at most. */
  readonly samples: readonly string[]
  /**
   * Over the whole column, the largest of the first and of the second number of values that match
   * `^(\d{1,2})[./-](\d{1,2})[./-]\d`; absent when no value does. Decides whether the day or the month stands first.
   */
  readonly largestDateParts?: { readonly first: number; readonly second: number }
}

/** A state (layout changes) or a date column (layout stages) among the histories of the items. */
export interface StateCount {
  /** The state's text, or the date column's name. */
  readonly name: string
  /** Items that were ever in it. */
  readonly itemCount: number
  /** Items that begin, and that end in it. */
  readonly firstCount: number
  readonly lastCount: number
}

/**
 * How states follow each other. Layout changes: rows of an item by time, equal times in file order, repeated states taken as one,
 * blanks and null words left out. Layout stages: the filled date columns of a row by date, equal dates in column order.
 */
export interface StateProfile {
  /** The 200 with most items at most. */
  readonly states: readonly StateCount[]
  /** Moves from one to the very next, over all items. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[]
}
