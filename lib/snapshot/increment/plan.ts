import { isDeepStrictEqual } from 'node:util'
import type { Portfolio } from '../../model/portfolio'
import { DEFINITION_VERSION, type Manifest, SCHEMA_VERSION } from '../manifest'
import type { SourceReader } from '../read-sources'

/** Increments on top of each other before their rows are put together again. */
const MOST_INCREMENTS = 12

/** Why a snapshot can't be made by adding to the one before it. */
export class NoIncrement extends Error {}

export interface IncrementPlan {
  /** Files to be read of each source, by its place. */
  readonly files: readonly (readonly string[])[]
  /** Whether what is known is to be put together again. */
  readonly isCompaction: boolean
}

interface PlanOptions {
  readonly portfolio: Portfolio
  readonly dimensions: readonly string[]
  readonly sources: readonly SourceReader[]
  readonly mostIncrements?: number
}

/** What is to be read on top of a snapshot. @throws NoIncrement */
export async function planIncrement(
  base: Manifest,
  { portfolio, dimensions, sources, mostIncrements = MOST_INCREMENTS }: PlanOptions,
): Promise<IncrementPlan> {
  if (base.schemaVersion !== SCHEMA_VERSION || base.definitionVersion !== DEFINITION_VERSION) throw new NoIncrement('it has another layout')
  if (!isDeepStrictEqual(decisive(base.portfolio), decisive(portfolio))) throw new NoIncrement('the configuration has changed')
  if (!isDeepStrictEqual(base.dimensions, dimensions)) throw new NoIncrement('the dimensions have changed')
  if (base.sources.length !== sources.length) throw new NoIncrement('the sources have changed')
  const files: (readonly string[])[] = []
  const grown = new Set<string>()
  for (const [place, source] of sources.entries()) {
    const known = base.sources[place]
    if (!known || !source.growth) throw new NoIncrement('a source can only be read as a whole')
    const growth = await source.growth(known)
    if ('obstacle' in growth) throw new NoIncrement(growth.obstacle)
    // Rows of equal time stand in the order of their sources: what comes first must not be read last.
    if (grown.has(source.streamId) && known.files.length)
      throw new NoIncrement(`files came before others of stream ${source.streamId} that are known`)
    if (growth.files.length) grown.add(source.streamId)
    files.push(growth.files)
  }
  return { files, isCompaction: (base.increments?.count ?? 0) >= mostIncrements }
}

/** What of a portfolio decides on the tables of a snapshot. */
function decisive(portfolio: Portfolio): unknown {
  const { kpis: _kpis, annotations: _annotations, name: _name, ...rest } = portfolio
  return JSON.parse(JSON.stringify(rest))
}
