import path from 'node:path'
import { type Builder, copyToParquet } from '../../engine/duckdb/builder'
import { dropWritten, type TableAppender, type WriterColumns } from '../../engine/duckdb/table-writer'
import { ident, sql } from '../../engine/sql'
import { both } from '../both'
import type { Vocabulary } from './vocabulary'

/** A Parquet file that was written, and what it holds. */
export interface WrittenFile {
  readonly table: string
  readonly name: string
  readonly rowCount: number
}

/** A table of one part. */
export interface PartTable {
  readonly table: string
  /** As it is called in the database while it is there. */
  readonly name: string
  readonly rowCount: number
}

/** What is made of each part before its rows are gone. */
export interface PartReader {
  /** Runs beside whatever else is going on; where the reader has tables of its own, once, with these and the last part. */
  add(builder: Builder, tables: readonly PartTable[], isLast: boolean): Promise<void>
  /** After the last part. Where the reader has tables of its own, rows may still be appended to others. */
  end(builder: Builder): Promise<readonly WrittenFile[]>
}

interface Open {
  readonly table: string
  readonly name: string
  readonly writer: TableAppender
}

interface FullTable extends Open {
  readonly file: string
  readonly rowCount: number
}

/** Tables by name. */
export interface PartColumns {
  readonly written: ReadonlyMap<string, WriterColumns>
  /** Only for the reader, which then reads no others, and those of all parts at once. */
  readonly unwritten: ReadonlyMap<string, WriterColumns>
}

/**
 * Tables that are written to Parquet part by part: while a part is filled the one before it is compressed, and no more than
 * these two are in memory. A table of one part is one file, `<table>.parquet`, else `<table>-001.parquet` and so on.
 */
export class Parts {
  readonly files: WrittenFile[] = []
  #open: Open[] = []
  /** Those of the reader. */
  readonly #own: Open[] = []
  #part = 1
  #writing: Promise<void> = Promise.resolve()

  constructor(
    private readonly builder: Builder,
    private readonly folder: string,
    private readonly words: Vocabulary,
    private readonly tables: PartColumns,
    private readonly reader?: PartReader,
  ) {}

  /** Empty tables for the next part. */
  async begin(): Promise<ReadonlyMap<string, TableAppender>> {
    const open = async (table: string, columns: WriterColumns) => {
      const name = `${table}_part_${this.#part}`
      return { table, name, writer: await this.builder.writer(name, columns, this.words) }
    }
    for (const [table, columns] of this.tables.written) this.#open.push(await open(table, columns))
    if (this.#part === 1) for (const [table, columns] of this.tables.unwritten) this.#own.push(await open(table, columns))
    return new Map([...this.#open, ...this.#own].map(({ table, writer }) => [table, writer]))
  }

  /** Ends the part and has it written beside whatever comes next. @param isLast that no part follows */
  async end(isLast: boolean): Promise<void> {
    await this.#writing
    const part = isLast && this.#part === 1 ? '' : `-${String(this.#part).padStart(3, '0')}`
    const full = this.#open.map((one) => ({ ...one, file: `${one.table}${part}.parquet`, rowCount: one.writer.rowCount }))
    this.#open = []
    this.#part++
    this.#writing = this.#write(full, isLast)
    this.#writing.catch(() => undefined)
    if (isLast) await this.#writing
  }

  async #write(tables: readonly FullTable[], isLast: boolean): Promise<void> {
    const own = this.#own.map((one) => ({ ...one, rowCount: one.writer.rowCount }))
    const read = async () => this.reader?.add(this.builder, [...tables, ...own], isLast)
    const end = async () => this.files.push(...((isLast && (await this.reader?.end(this.builder))) || []))
    // Beside the next part being opened nothing can be appended.
    const isOpen = isLast && own.length > 0
    for (const { writer } of isOpen ? own : tables) writer.close()
    if (!own.length) {
      await read()
      await this.#copyAll(tables, isOpen)
      await end()
      // Writing need not wait for a reader that reads none of these.
    } else if (isLast) await both(read().then(end), this.#copyAll(tables, isOpen))
    else await this.#copyAll(tables, isOpen)
  }

  /** @param isOpen the last rows of a table are appended while the one before is copied */
  async #copyAll(tables: readonly FullTable[], isOpen: boolean): Promise<void> {
    let copying: Promise<void> = Promise.resolve()
    for (const table of tables) {
      if (isOpen) table.writer.close()
      await copying
      copying = this.#copy(table)
      // Tables that nothing comes after go with the database.
      if (!isOpen) copying = copying.then(() => this.#drop(table))
      copying.catch(() => undefined)
    }
    await copying
  }

  async #copy({ table, name, file, rowCount }: FullTable): Promise<void> {
    await this.builder.runAside(copyToParquet(sql`SELECT * FROM ${ident(name)}`, path.join(this.folder, file)))
    this.files.push({ table, name: file, rowCount })
  }

  async #drop({ name }: FullTable): Promise<void> {
    for (const statement of dropWritten(name)) await this.builder.runAside(statement)
  }
}
