import type { SourceConfig } from '@/lib/model/value-stream'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import type { PortfolioOptions } from './reading'
import { isRecord } from './reading'
import { sourceInput } from './schema'

/** Sources with their connectors' defaults filled in; those with faults are left out. */
export function readSources(faults: FaultList, entries: readonly unknown[], path: Path, options: PortfolioOptions): SourceConfig[] {
  return entries.flatMap((value, index) => {
    const source = readSource(faults, value, [...path, index], options.sourceSchemas)
    return source ? [source] : []
  })
}

function readSource(faults: FaultList, value: unknown, path: Path, schemas: PortfolioOptions['sourceSchemas']): SourceConfig | undefined {
  const input = check(faults, { value, schema: sourceInput, path })
  if (!input) return undefined
  const { connector, ...rest } = input
  const names = Object.keys(schemas)
  const schema = Object.hasOwn(schemas, connector) ? schemas[connector] : undefined
  if (!schema) {
    faults.add([...path, 'connector'], 'there is no such connector', { value: connector, names })
    return undefined
  }
  const parsed = check(faults, { value: rest, schema, path })
  return isRecord(parsed) ? { ...parsed, connector } : undefined
}

/** Names of the dimensions that sources fill: the keys of their option `dimensions`, as written or as read. */
export function sourceDimensions(sources: readonly unknown[]): string[] {
  return sources.flatMap((source) => (isRecord(source) && isRecord(source.dimensions) ? Object.keys(source.dimensions) : []))
}

/** Stage columns of sources whose rows are items must name stages of the stream. */
export function checkStageColumns(faults: FaultList, entries: readonly unknown[], stageIds: readonly string[], path: Path): void {
  if (!stageIds.length) return
  for (const [index, source] of entries.entries()) {
    const columns = isRecord(source) ? source.stageColumns : undefined
    if (!isRecord(columns)) continue
    for (const id of Object.keys(columns)) {
      if (stageIds.includes(id)) continue
      faults.add([...path, index, 'stageColumns', id], 'names no stage of this stream', { value: id, names: stageIds })
    }
  }
}
