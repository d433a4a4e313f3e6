import type { z } from 'zod'
import { CORE_DIMENSIONS } from '@/lib/model/dimension'
import type { FaultList, Path } from './fault-list'

export interface PortfolioOptions {
  /** Name of the file as it stands in messages. */
  readonly file: string
  /** Text of a file beside the portfolio file; throws when it cannot be read. */
  readonly readText?: (relativePath: string) => string
  /** Options of every kind of source, by the connector's name; `connector` itself is not among them. */
  readonly sourceSchemas: Readonly<Record<string, z.ZodType>>
  /** Absent: metrics are not checked. */
  readonly metricNames?: readonly string[]
}

/** What a portfolio file names: references are checked against it. */
export interface Names {
  readonly streams: readonly string[]
  readonly goals: readonly string[]
  /** Presets and the streams' own. */
  readonly spans: readonly string[]
  /** Core dimensions and those that some source fills. */
  readonly dimensions: readonly string[]
}

/** Core dimensions first, then those of the sources in order; each once. */
export function dimensionNames(ofSources: readonly string[]): string[] {
  return [...new Set<string>([...CORE_DIMENSIONS, ...ofSources])]
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined
  return Array.isArray(list) ? list : []
}

/** Ids as they are written, also of entries with other faults: a reference to them is no fault of its own. */
export function idsOf(entries: readonly unknown[]): string[] {
  const ids = entries.map((entry) => (isRecord(entry) ? entry.id : undefined))
  return ids.flatMap((id) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []))
}

/** A fault for every id that an earlier entry of the list has. */
export function refuseDuplicateIds(faults: FaultList, entries: readonly unknown[], path: Path): void {
  const first = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    const id = idsOf([entry])[0]
    if (id === undefined) continue
    const earlier = first.get(id)
    if (earlier === undefined) first.set(id, index)
    else faults.add([...path, index, 'id'], `is the id of ${path.at(-1)}[${earlier}] already`, { value: id })
  }
}
