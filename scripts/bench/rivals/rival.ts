/** A row as a database's driver gives it: numbers may come as texts. */
export type RivalRow = readonly (number | string | null)[]
export type RivalRows = readonly RivalRow[]

/** Another database with the same facts, ready to be asked. */
export interface Rival {
  readonly name: string
  /** What it is and how it is set up, for the report. */
  readonly about: string
  /** Whether it was given pre-aggregated tables too. */
  readonly hasCubes: boolean
  /** Whether one pass with GROUPING SETS suits it better than a query for each. */
  readonly hasGroupingSets: boolean
  ask(statement: string): Promise<RivalRows>
  close(): Promise<void>
}
