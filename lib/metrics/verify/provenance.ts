import { type Row, toRows } from '../../engine/columns'
import type { Engine } from '../../engine/engine'
import { sql } from '../../engine/sql'
import type { Manifest } from '../../snapshot/manifest'
import { repairWords } from '../../snapshot/repair-words'
import type { Snapshot } from '../../snapshot/store'

/** Kinds of rejects that are listed; all are counted. */
const MOST_KINDS = 200

/** Where the figures of a snapshot come from, and what stayed behind. */
export interface Provenance {
  readonly sources: readonly { readonly stream_id: string; readonly source: string; readonly files: Manifest['sources'][number]['files'] }[]
  readonly repairs: readonly {
    readonly stream_id: string
    readonly words: string
    readonly count: number
    readonly example: string | null
  }[]
  /** Rows left out, by what was wrong with them. */
  readonly rejects: readonly RejectKind[]
  readonly reject_count: number
  readonly unmapped: readonly { readonly stream_id: string; readonly state: string; readonly changes: number; readonly items: number }[]
  readonly snapshots: readonly KnownSnapshot[]
}

export interface RejectKind {
  readonly stream_id: string
  readonly file: string
  readonly field: string
  readonly reason: string
  readonly rows: number
  readonly first_row: number
  readonly example: string | null
}

export interface KnownSnapshot {
  readonly id: string
  /** ISO instant */
  readonly created_at: string
  readonly items: number
  readonly changes: number
  readonly bytes: number
  /** Increments since it was built as a whole. */
  readonly increments: number
  readonly is_current: boolean
}

/** @param all manifests of every snapshot there is */
export async function provenance(
  engine: Engine,
  snapshot: Snapshot,
  { all, currentId, signal }: { all: readonly Manifest[]; currentId: string | undefined; signal?: AbortSignal },
): Promise<Provenance> {
  const { manifest } = snapshot
  const streamId = (streamIx: number) => manifest.portfolio.streams[streamIx]?.id ?? ''
  return {
    sources: manifest.sources.map(({ streamId: stream, source, files }) => ({ stream_id: stream, source, files })),
    repairs: manifest.repairs.map((repair) => ({
      stream_id: repair.streamId,
      words: repairWords(repair.rule),
      count: repair.rowCount,
      example: repair.example,
    })),
    rejects: await rejectKinds(engine, snapshot, signal),
    reject_count: manifest.counts.rejects,
    unmapped: manifest.states
      .filter(({ unmappedChanges }) => unmappedChanges > 0)
      .map(({ streamIx, state, unmappedChanges, unmappedItems }) => ({
        stream_id: streamId(streamIx),
        state,
        changes: unmappedChanges,
        items: unmappedItems,
      }))
      .sort((a, b) => b.changes - a.changes),
    snapshots: all.map((one) => knownSnapshot(one, currentId)),
  }
}

async function rejectKinds(engine: Engine, snapshot: Snapshot, signal: AbortSignal | undefined): Promise<RejectKind[]> {
  if (!snapshot.manifest.counts.rejects) return []
  await engine.attach(snapshot)
  const rows = toRows(
    await engine.query(
      sql`SELECT stream_id, file, field, reason, CAST(count(*) AS INTEGER) AS row_count, CAST(min(source_row) AS DOUBLE) AS first_row, min(value) AS example
        FROM ${engine.dialect.table(snapshot.id, 'rejects')} AS rejected GROUP BY stream_id, file, field, reason
        ORDER BY row_count DESC, stream_id, file, field, reason LIMIT ${MOST_KINDS}`,
      { signal },
    ),
  )
  return rows.map((row: Row) => ({
    stream_id: String(row.stream_id),
    file: String(row.file ?? ''),
    field: String(row.field),
    reason: String(row.reason),
    rows: Number(row.row_count),
    first_row: Number(row.first_row),
    example: row.example === null ? null : String(row.example),
  }))
}

function knownSnapshot({ id, createdAt, counts, files, increments }: Manifest, currentId: string | undefined): KnownSnapshot {
  return {
    id,
    created_at: createdAt,
    items: counts.items,
    changes: counts.changes,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    increments: increments?.count ?? 0,
    is_current: id === currentId,
  }
}
