import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Builder, besideSpill, openBuilder } from '../engine/duckdb/builder'
import { memoryShare } from '../engine/duckdb/memory'
import type { SnapshotTables } from '../engine/engine'
import { ident, sql } from '../engine/sql'
import type { SourceReport } from '../history/session'
import { portfolioDimensions } from '../history/tables'
import type { Portfolio } from '../model/portfolio'
import { Problem } from '../problem'
import { both } from './both'
import { PartCubes } from './cubes/from-parts'
import { makeCubes } from './cubes/make'
import { STAGE_LEVELS, stageLevels } from './cubes/stage-levels'
import { followHistory } from './follow-history'
import { digestItems, snapshotId } from './identity'
import { growSnapshot, keepSnapshot } from './increment/increment'
import { recallAll } from './increment/known'
import { addReports } from './increment/merge'
import { NoIncrement, planIncrement } from './increment/plan'
import { DEFINITION_VERSION, type Made, type Manifest, SCHEMA_VERSION } from './manifest'
import { readSources, type SourceReader } from './read-sources'
import { type Snapshot, type SnapshotStore, snapshotTables } from './store'
import { countItems, readRepairs } from './tallies'
import { figureWarnings, portfolioWarnings } from './warnings'
import { describeFiles, writeTables } from './written'

export interface BuildOptions {
  readonly store: SnapshotStore
  readonly portfolio: Portfolio
  /** Checked configuration as stable text: part of the snapshot's id. */
  readonly configuration: string
  readonly sources: readonly SourceReader[]
  /** ISO instant at which the build runs; stands in the manifest, outside of the id. */
  readonly now: string
  readonly memoryLimit?: string
  readonly threads?: number
  /** Changes that are followed at a time: what is in memory at once. */
  readonly partChanges?: number
  /** Up to so many spells every question is answered by a cube. */
  readonly fewSpells?: number
  /** The snapshot to add to, where nothing but new files came since; absent: everything is read. */
  readonly base?: Snapshot
  /** Increments on top of each other before they are put together. */
  readonly mostIncrements?: number
  /** Told of a snapshot whose files are all there while it is checked, and waited for before it is published: it may still come to nothing. */
  whenWritten?(snapshot: SnapshotTables): Promise<void>
  progress(message: string): void
  /** Says what somebody should know even when all is over. */
  tell?(message: string): void
}

/**
 * Reads the sources and publishes one snapshot, on top of the one in `base` where that is possible. Nothing of it is seen before it is
 * whole: a failure or a crash leaves the snapshot that was served, and no file that is ever read. @throws Problem
 */
export async function buildSnapshot(options: BuildOptions): Promise<Manifest> {
  const { base } = options
  try {
    return await (base ? published(options, (work) => buildOnto(base, work)) : published(options, buildWhole)).catch((error: unknown) => {
      if (!(error instanceof NoIncrement)) throw error
      options.tell?.(`Everything is read anew: ${error.message}`)
      return published(options, buildWhole)
    })
  } catch (error) {
    throw buildFailure(error)
  }
}

/** One attempt, in a folder and a database of its own. */
interface Work {
  readonly options: BuildOptions
  readonly folder: string
  readonly builder: Builder
  readonly dimensions: readonly string[]
  readonly carried: readonly { readonly streamId: string; readonly dimension: string }[]
  /** Path of files that are of use for a while. */
  readonly scratch: string
}

async function published(options: BuildOptions, make: (work: Work) => Promise<Made>): Promise<Manifest> {
  const folder = await options.store.newBuildFolder()
  try {
    const { sources, portfolio, configuration } = options
    const dimensions = portfolioDimensions(
      sources.flatMap((source) => source.dimensions),
      portfolio.goals,
    )
    const made = await inWorkshop(folder, options, dimensions, make)
    const versions = { schemaVersion: SCHEMA_VERSION, definitionVersion: DEFINITION_VERSION, createdAt: options.now }
    const manifest = { id: snapshotId(made.identity, configuration), ...versions, portfolio, dimensions, ...made }
    options.progress('publishing')
    await options.store.publish(folder, manifest)
    return manifest
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function inWorkshop(
  folder: string,
  options: BuildOptions,
  dimensions: readonly string[],
  make: (work: Work) => Promise<Made>,
): Promise<Made> {
  const scratch = path.join(folder, 'scratch')
  const { memoryLimit, threads, sources } = options
  // In memory: a database file would compress every intermediate table; what does not fit spills beside the snapshot. Items are followed
  // with a second database beside the first.
  const spill = `${scratch}.spill`
  const builder = await openBuilder({ isPacked: true, spillFolder: spill, memoryLimit: memoryShare(memoryLimit, 2), threads })
  try {
    const carried = sources.flatMap((source) => source.carried.map((dimension) => ({ streamId: source.streamId, dimension })))
    return await make({ options, folder, builder, dimensions, carried, scratch })
  } finally {
    builder.close()
    for (const left of [spill, besideSpill(spill), `${scratch}.shape`, `${scratch}.shape.wal`])
      await rm(left, { recursive: true, force: true })
  }
}

/** Everything out of the sources. */
async function buildWhole(work: Work): Promise<Made> {
  const { options, builder, dimensions, scratch } = work
  const { sources, progress } = options
  const reports = await readSources({ builder, scratch, dimensions, sources, progress })
  return followAll(work, reports)
}

/** What came since a snapshot was made, on top of it. @throws NoIncrement */
async function buildOnto(base: Snapshot, work: Work): Promise<Made> {
  const { options, builder, dimensions, scratch } = work
  const { portfolio, sources, progress, partChanges } = options
  const { files, isCompaction } = await planIncrement(base.manifest, {
    portfolio,
    dimensions,
    sources,
    mostIncrements: options.mostIncrements,
  })
  if (!files.flat().length) return keepSnapshot({ base, folder: work.folder })
  if (!isCompaction) await builder.narrow()
  const reports = await readSources({ builder, scratch, dimensions, sources, only: files, progress })
  const whenWritten = async (written: Pick<Made, 'identity' | 'files' | 'increments'>) => {
    const id = snapshotId(written.identity, options.configuration)
    await options.whenWritten?.(snapshotTables({ id, portfolio, dimensions, ...written }, work.folder))
  }
  if (!isCompaction) return growSnapshot({ ...work, portfolio, partChanges, progress, base, reports, whenWritten })
  progress('putting increments together')
  await recallAll(builder, base)
  return followAll(work, addReports(base.manifest.sources, reports))
}

async function followAll({ options, folder, builder, dimensions, carried }: Work, sources: readonly SourceReport[]): Promise<Made> {
  const { portfolio, partChanges, fewSpells, progress } = options
  const eachPart = new PartCubes({ folder, portfolio, dimensions, fewSpells })
  const followed = await followHistory({ builder, portfolio, dimensions, carried, folder, partChanges, eachPart, progress })
  progress('cubes')
  const cubes = eachPart.areMade ? [] : await makeCubes({ builder, portfolio, dimensions })
  const { firstDay, lastDay } = followed
  const lines = stageLevels({ streams: portfolio.streams, firstDay, lastDay, levels: sql`cube_levels` })
  if (lines) await builder.run(sql`CREATE TABLE ${ident(STAGE_LEVELS)} AS ${lines}`)
  const tables = await writeTables(builder, folder, [...cubes, ...(lines ? [STAGE_LEVELS] : []), 'calendar', 'rejects'])
  const { items, finished } = await countItems(builder)
  progress('verifying')
  const [files, failures] = await both(
    describeFiles(folder, [...followed.files, ...tables]),
    figureWarnings(builder, { portfolio, lastDay, hasStageLevels: lines !== undefined }),
  )
  const rejects = files.find(({ table }) => table === 'rejects')?.rowCount ?? 0
  return {
    sources,
    firstDay,
    lastDay,
    counts: { items, changes: followed.changes, finished, rejects },
    repairs: await readRepairs(builder),
    identity: await digestItems(builder),
    states: followed.states,
    warnings: [...failures, ...(await portfolioWarnings(builder, portfolio, followed.states))],
    files,
  }
}

function buildFailure(error: unknown): Problem {
  if (error instanceof Problem) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/no space left|ENOSPC|disk.*full|out of disk/i.test(text)) {
    return new Problem('disk-full', 'The disk is full: nothing was published and the snapshot that was served is still served', {
      status: 507,
      detail: text.split('\n')[0],
      cause: error,
    })
  }
  return new Problem('build-failed', 'The build failed: nothing was published and the snapshot that was served is still served', {
    status: 500,
    detail: text.split('\n').slice(0, 3).join(' '),
    cause: error,
  })
}
