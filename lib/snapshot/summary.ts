import type { Portfolio } from '../model/portfolio'
import { formatDay } from '../time/day'
import type { Manifest } from './manifest'

/** A snapshot in a list. */
export interface SnapshotSummary {
  readonly id: string
  /** ISO instant */
  readonly created_at: string
  readonly name: string
  /** YYYY-MM-DD, local days of the first and the last change */
  readonly first_on: string
  readonly as_of: string
  readonly item_count: number
  readonly change_count: number
  readonly warnings: readonly string[]
  readonly is_current: boolean
}

export function summarise(manifest: Manifest, currentId: string | undefined): SnapshotSummary {
  return {
    id: manifest.id,
    created_at: manifest.createdAt,
    name: manifest.portfolio.name,
    first_on: formatDay(manifest.firstDay),
    as_of: formatDay(manifest.lastDay),
    item_count: manifest.counts.items,
    change_count: manifest.counts.changes,
    warnings: manifest.warnings,
    is_current: manifest.id === currentId,
  }
}

/** Where data comes from is nobody's business outside: sources are left out. */
export function withoutSources(portfolio: Portfolio): Portfolio {
  return { ...portfolio, streams: portfolio.streams.map((stream) => ({ ...stream, sources: [] })) }
}
