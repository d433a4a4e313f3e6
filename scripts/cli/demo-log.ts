import { rmSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DEMO_TEXT_COLUMNS, type DemoBatch } from '@/lib/demo/demo-log'
import { demoSeries } from '@/lib/demo/series'
import { simulate } from '@/lib/demo/simulate'
import type { Column, ColumnTable } from '@/lib/engine/columns'
import { columnTypes } from '@/lib/engine/duckdb/append'
import { type Builder, copyToParquet, openBuilder } from '@/lib/engine/duckdb/builder'
import { sql } from '@/lib/engine/sql'
import { ROOT } from './places'
import { plural, whenInterrupted } from './terminal'

export interface DemoLogOptions {
  readonly seed: number
  readonly items: number
  /** Where the log comes to lie; what lies there is replaced when the new log is whole. */
  readonly folder: string
  progress(message: string): void
}

/** From so many items on files hold more rows, so that they stay few. */
const MANY_ITEMS = 300_000
const ROWS_OF_A_LARGE_FILE = 250_000

/** Simulates the demo company and writes its log: Parquet files, series, the truth, and the portfolio file that reads them. @returns that file */
export async function writeDemoLog(options: DemoLogOptions): Promise<string> {
  const { folder, seed, items } = options
  const aside = `${folder}.writing`
  await rm(aside, { recursive: true, force: true })
  await mkdir(aside, { recursive: true })
  const stopWatching = whenInterrupted(() => rmSync(aside, { recursive: true, force: true, maxRetries: 5 }))
  const builder = await openBuilder()
  try {
    const writer = new LogWriter(builder, aside, options.progress)
    const batchRows = items > MANY_ITEMS ? ROWS_OF_A_LARGE_FILE : undefined
    const truth = await simulate({ seed, items, batchRows }, (batch) => writer.write(batch))
    await writeFile(path.join(aside, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`)
    for (const { file, csv } of demoSeries(seed, truth)) await writeFile(path.join(aside, file), csv)
    await copyFile(path.join(ROOT, 'data/demo/portfolio.yaml'), path.join(aside, 'portfolio.yaml'))
    await rm(folder, { recursive: true, force: true })
    await rename(aside, folder)
  } finally {
    builder.close()
    stopWatching()
    await rm(aside, { recursive: true, force: true })
  }
  return path.join(folder, 'portfolio.yaml')
}

class LogWriter {
  readonly #files = new Map<string, number>()
  #rows = 0

  constructor(
    private readonly builder: Builder,
    private readonly folder: string,
    private readonly progress: (message: string) => void,
  ) {}

  async write(batch: DemoBatch): Promise<void> {
    const number = (this.#files.get(batch.stream) ?? 0) + 1
    this.#files.set(batch.stream, number)
    const file = path.join(this.folder, `${batch.stream}-${String(number).padStart(3, '0')}.parquet`)
    const table = toTable(batch)
    await this.builder.run(sql`CREATE OR REPLACE TABLE batch (${columnTypes(table.columns)})`)
    await this.builder.append('batch', table)
    const utc = sql`SELECT * REPLACE (timezone('UTC', "at") AS "at", timezone('UTC', created) AS created) FROM batch`
    await this.builder.run(copyToParquet(utc, file))
    this.#rows += batch.rowCount
    this.progress(`simulating: ${plural(this.#rows, 'change')}`)
  }
}

function toTable(batch: DemoBatch): ColumnTable {
  const texts = DEMO_TEXT_COLUMNS.map((name): Column => ({ name, kind: 'text', values: batch.text[name].map((text) => text || null) }))
  const times = (['at', 'created'] as const).map((name): Column => ({ name, kind: 'instant', values: batch[name] }))
  // As many trackers tell it: a flag that holds the reason.
  const blocked = batch.text.block_reason.map((reason, row) => (batch.blocked[row] === 1 ? reason || 'yes' : 'no'))
  return { rowCount: batch.rowCount, columns: [...texts, ...times, { name: 'blocked', kind: 'text', values: blocked }] }
}
