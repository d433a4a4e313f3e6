import type { Portfolio } from '@/lib/model/portfolio'
import type { SourceConfig } from '@/lib/model/value-stream'

/** The configuration as one stable text, for hashing: keys sorted, source files without the folders they lie in. */
export function canonicalConfig(portfolio: Portfolio): string {
  const streams = portfolio.streams.map((stream) => ({ ...stream, sources: stream.sources.map(withoutFolders) }))
  return JSON.stringify(sorted({ ...portfolio, streams }))
}

function withoutFolders(source: SourceConfig): SourceConfig {
  const { path } = source
  if (typeof path === 'string') return { ...source, path: baseName(path) }
  return Array.isArray(path) ? { ...source, path: path.map((part) => baseName(String(part))) } : source
}

function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? ''
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
