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
  /** Whether it knows GROUPING SETS. */
  readonly hasGroupingSets: boolean
  ask(statement: string): Promise<RivalRows>
  close(): Promise<void>
}
