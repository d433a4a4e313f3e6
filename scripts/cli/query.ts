import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { readEnvironment } from '@/lib/config/environment'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { answerMeta } from '@/lib/metrics/answer-meta'
import { type Answer, runMetric } from '@/lib/metrics/run'
import type { Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { type DataOption, openStore } from './places'
import { readQuestion } from './question'
import { misuse, say } from './terminal'

const FORMATS = ['table', 'json', 'csv', 'arrow', 'parquet'] as const
type Format = (typeof FORMATS)[number]

export interface QueryOptions extends DataOption {
  readonly snapshot?: string
  readonly format: string
  readonly output?: string
}

/** `streamgauge query METRIC [--param value …]` */
export async function query(words: readonly string[], options: QueryOptions): Promise<void> {
  const { metric, params } = readQuestion(words)
  const format = FORMATS.find((name) => name === options.format)
  if (!format) throw misuse('--format', `"${options.format}" is no format`, FORMATS)
  if (options.output === undefined && format === 'parquet' && process.stdout.isTTY)
    throw misuse('--format parquet', 'needs --output FILE on a terminal')
  const store = openStore(options)
  const snapshot = await (options.snapshot === undefined || options.snapshot === 'current' ? store.current() : store.open(options.snapshot))
  const answer = await ask(store, { snapshot, metric, params })
  const { notes } = answerMeta(answer, snapshot.id)
  for (const note of notes) say(`Note: ${note}`)
  const body = await encode(answer, snapshot, format)
  if (options.output !== undefined) await writeFile(options.output, body)
  else if (!process.stdout.write(body)) await once(process.stdout, 'drain')
}

async function ask(
  store: SnapshotStore,
  question: Pick<Parameters<typeof runMetric>[0], 'snapshot' | 'metric' | 'params'>,
): Promise<Answer> {
  const { threads, memoryLimit } = readEnvironment()
  const engine = await openDuckdb({ readable: [store.folder], derived: store.derivedFolder, threads, memoryLimit })
  try {
    return await runMetric({ engine, ...question })
  } finally {
    await engine.close()
  }
}

async function encode(answer: Answer, snapshot: Snapshot, format: Format): Promise<string | Uint8Array> {
  const { table } = answer
  switch (format) {
    case 'json':
      return (await import('@/lib/engine/encode/json')).encodeJson(table)
    case 'csv':
      return (await import('@/lib/engine/encode/csv')).encodeCsv(table)
    case 'arrow':
      return (await import('@/lib/engine/encode/arrow')).encodeArrow(table, answerMeta(answer, snapshot.id))
    case 'parquet':
      return (await import('@/lib/engine/encode/parquet')).encodeParquet(table, answerMeta(answer, snapshot.id))
    default:
      return (await import('@/lib/engine/encode/text-table')).encodeTextTable(table)
  }
}
