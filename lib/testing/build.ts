import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { Engine } from '@/lib/engine/engine'
import { sql } from '@/lib/engine/sql'
import type { ReadFile } from '@/lib/history/session'
import type { RawHistory, RawStream } from '@/lib/metrics/oracle/history'
import { dimensionColumn } from '@/lib/model/dimension'
import type { Portfolio } from '@/lib/model/portfolio'
import { buildSnapshot } from '@/lib/snapshot/build'
import type { SourceReader } from '@/lib/snapshot/read-sources'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'

/** A real snapshot in a folder of its own, with an engine that reads it. */
export interface BuiltHistory {
  readonly snapshot: Snapshot
  readonly engine: Engine
  /** Closes the engine and removes the folder. */
  close(): Promise<void>
}

/** Rows that come to a stream's source one batch after the other, each a file of its own. */
export interface Batches {
  readonly count: number
  /** Batch of a row by its stream and its place in the stream, from 0 on. */
  of(streamId: string, row: number): number
  /** Whether each batch is added to the snapshot of those before; else all are read at once. */
  readonly areAdded: boolean
  readonly mostIncrements?: number
}

interface BuildHistoryOptions {
  readonly partChanges?: number
  readonly fewSpells?: number
  readonly batches?: Batches
}

/** Builds a snapshot through the real build; the rows stand in for a connector's. @throws Problem */
export async function buildHistory(history: RawHistory, options: BuildHistoryOptions = {}): Promise<BuiltHistory> {
  const folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-test-'))
  try {
    const store = new SnapshotStore(folder)
    await buildBatches(store, history, options)
    const snapshot = await store.current()
    const engine = await openDuckdb({ readable: [folder], inMemory: true, threads: 1 })
    return {
      snapshot,
      engine,
      close: async () => {
        await engine.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function buildBatches(
  store: SnapshotStore,
  history: RawHistory,
  { partChanges, fewSpells, batches }: BuildHistoryOptions,
): Promise<void> {
  const portfolio = portfolioOf(history)
  const all = batches ?? { count: 1, of: () => 0, areAdded: false }
  for (let there = all.areAdded ? 1 : all.count; there <= all.count; there++) {
    const isFirst = !all.areAdded || there === 1
    await buildSnapshot({
      store,
      portfolio,
      configuration: JSON.stringify(portfolio),
      sources: history.streams.map((source) => readerOf(source, history.dimensions, { all, there })),
      now: `20${30 + there}-01-01T00:00:00.000Z`,
      partChanges,
      fewSpells,
      base: isFirst ? undefined : await store.current(),
      mostIncrements: all.mostIncrements,
      progress: () => {},
    })
  }
}

function portfolioOf(history: RawHistory): Portfolio {
  return {
    name: 'Random',
    timezone: 'UTC',
    calendar: history.calendar,
    streams: history.streams.map((source) => source.stream),
    goals: history.goals,
    kpis: history.kpis ?? [],
    annotations: [],
  }
}

function readerOf(
  source: RawStream,
  dimensions: readonly string[],
  { all, there }: { readonly all: Batches; readonly there: number },
): SourceReader {
  const streamId = source.stream.id
  const names = Array.from({ length: there }, (_, batch) => `random-${batch}`)
  return {
    streamId,
    dimensions,
    carried: source.carried,
    growth: async (known) => ({ files: names.slice(known.files.length) }),
    read: async ({ session, nextSourceIx, dimensions: columns, only = names }) => {
      const files: ReadFile[] = []
      for (const [batch, name] of names.entries()) {
        if (!only.includes(name)) continue
        const sourceIx = nextSourceIx()
        await session.run(sql`INSERT INTO source_files VALUES (${sourceIx}, ${streamId}, ${name})`)
        const rows = rowsOf(source, sourceIx, columns).filter((_, row) => all.of(streamId, row) === batch)
        if (rows.length) {
          await session.run(sql`INSERT INTO observations BY NAME
            SELECT unnest(from_json(${JSON.stringify(rows)}, ${JSON.stringify([structure(columns)])}), recursive := TRUE)`)
        }
        files.push({ name, bytes: 0, sha256: '', rowCount: rows.length })
      }
      return { streamId, source: 'random', files }
    },
  }
}

function rowsOf(source: RawStream, sourceIx: number, dimensions: readonly string[]): Record<string, string | number | boolean | null>[] {
  const changes = source.items.flatMap((item) => item.changes.map((change) => ({ item, change })))
  return changes.map(({ item, change }, index) => ({
    stream_id: source.stream.id,
    item_id: item.id,
    changed_at: new Date(change.at).toISOString().replace('Z', ''),
    source_ix: sourceIx,
    source_row: index + 1,
    source_step: 0,
    state: change.state,
    blocked: change.blocked,
    blocked_reason: change.reason ?? null,
    key: item.key,
    title: item.title,
    url: null,
    created_at: item.createdAt === null ? null : new Date(item.createdAt).toISOString().replace('Z', ''),
    ...Object.fromEntries(dimensions.map((name) => [dimensionColumn(name), change.values[name] ?? null])),
  }))
}

function structure(dimensions: readonly string[]): Record<string, string> {
  return {
    ...{
      stream_id: 'VARCHAR',
      item_id: 'VARCHAR',
      changed_at: 'TIMESTAMP',
      source_ix: 'INTEGER',
      source_row: 'BIGINT',
      source_step: 'INTEGER',
    },
    ...{
      state: 'VARCHAR',
      blocked: 'BOOLEAN',
      blocked_reason: 'VARCHAR',
      key: 'VARCHAR',
      title: 'VARCHAR',
      url: 'VARCHAR',
      created_at: 'TIMESTAMP',
    },
    ...Object.fromEntries(dimensions.map((name) => [dimensionColumn(name), 'VARCHAR'])),
  }
}
