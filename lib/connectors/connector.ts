import type { ZodType } from 'zod'
import type { BuildSession, SourceGrowth, SourceReport } from '../history/session'
import type { SourceConfig, ValueStream } from '../model/value-stream'

/** What a connector is given to read one source into `observations`, `rejects` and `source_files`. */
export interface ReadContext {
  readonly session: BuildSession
  readonly stream: ValueStream
  readonly source: SourceConfig
  /** Folder of the portfolio file: what relative paths are relative to. */
  readonly baseFolder: string
  /** All dimensions of the portfolio, in the order of the columns. */
  readonly dimensions: readonly string[]
  /** Takes the next number in the order of all sources and files. */
  nextSourceIx(): number
  /** Names of the files to be read; absent: all. */
  readonly only?: readonly string[]
  /**
   * Runs somebody's SELECT over a table `source` in a database that reaches no file, and leaves its rows in the table
   * `target` of the session.
   */
  shape(options: { readonly from: string; readonly target: string; readonly select: string }): Promise<void>
  progress(message: string): void
}

/** A kind of source. One folder each; every one passes the same conformance suite. */
export interface Connector {
  readonly name: string
  /** Checks a source's options. */
  readonly options: ZodType
  /** Dimensions that a source yields, and those of them in which a blank means "unchanged". */
  dimensions(source: SourceConfig): { readonly names: readonly string[]; readonly carried: readonly string[] }
  /** @throws Problem when the source can't be read as a whole; single bad rows are rejected and told, not thrown */
  read(context: ReadContext): Promise<SourceReport>
  /** What came since a source was read; a connector without it is always read as a whole. @throws Problem */
  growth?(context: Pick<ReadContext, 'stream' | 'source' | 'baseFolder'>, known: SourceReport): Promise<SourceGrowth>
}
