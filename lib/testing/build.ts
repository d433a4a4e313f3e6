import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { Engine } from '@/lib/engine/engine'
import { sql } from '@/lib/engine/sql'
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

/** Builds a snapshot through the real build; the rows stand in for a connector's. @throws Problem */
export async function buildHistory(history: RawHistory, options: { readonly partChanges?: number } = {}): Promise<BuiltHistory> {
  const folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-test-'))
  try {
    const portfolio = portfolioOf(history)
    const store = new SnapshotStore(folder)
    await buildSnapshot({
      store,
      portfolio,
      configuration: JSON.stringify(portfolio),
      sources: history.streams.map((source) => readerOf(source, history.dimensions)),
      now: '2030-01-01T00:00:00.000Z',
      partChanges: options.partChanges,
      progress: () => {},
    })
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

function readerOf(source: RawStream, dimensions: readonly string[]): SourceReader {
  const streamId = source.stream.id
  return {
    streamId,
    dimensions,
    carried: source.carried,
    read: async ({ session, nextSourceIx, dimensions: columns }) => {
      const sourceIx = nextSourceIx()
      await session.run(sql`INSERT INTO source_files VALUES (${sourceIx}, ${streamId}, 'random')`)
      const rows = rowsOf(source, sourceIx, columns)
      if (rows.length) {
        await session.run(sql`INSERT INTO observations BY NAME
          SELECT unnest(from_json(${JSON.stringify(rows)}, ${JSON.stringify([structure(columns)])}), recursive := TRUE)`)
      }
      return { streamId, source: 'random', files: [{ name: 'random', bytes: 0, sha256: '', rowCount: rows.length }] }
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
