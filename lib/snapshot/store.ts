import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ASIDE, sweepAside } from '../engine/aside'
import { derivedIds, removeDerived } from '../engine/duckdb/derived'
import { REPLACED_TABLE, type SnapshotTables } from '../engine/engine'
import { Problem } from '../problem'
import { type Manifest, SCHEMA_VERSION, type SnapshotFile } from './manifest'
import { projections, STAYS, STAYS_ARE_OF } from './projections'

const SNAPSHOT_ID = /^[0-9a-f]{20}$/
const MANIFEST = 'manifest.json'
const CURRENT = 'current'
/** Looked up, not written into paths: the bundler takes every file of the project that a path could mean into its memory. */
const FOLDERS = new Map([
  ['snapshots', 'snapshots'],
  ['derived', 'derived'],
])

/** An open, immutable snapshot. */
export interface Snapshot extends SnapshotTables {
  readonly folder: string
  readonly manifest: Manifest
}

/** The snapshots below one data folder. Only whole snapshots are ever seen: a folder without a readable manifest is none. */
export class SnapshotStore {
  readonly folder: string
  /** Where databases lie that are made from snapshots; whatever is in it can be made again. */
  readonly derivedFolder: string
  readonly #open = new Map<string, Promise<Snapshot>>()

  constructor(dataFolder: string) {
    this.folder = path.join(path.resolve(dataFolder), String(FOLDERS.get('snapshots')))
    this.derivedFolder = path.join(path.resolve(dataFolder), String(FOLDERS.get('derived')))
  }

  /** Ids of all snapshots, newest first. */
  async list(): Promise<Manifest[]> {
    const names = await readdir(this.folder).catch(nothingThere)
    const manifests = await Promise.all((names ?? []).filter((name) => SNAPSHOT_ID.test(name)).map((id) => this.#manifest(id)))
    return manifests
      .filter((manifest) => manifest !== undefined)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id))
  }

  /** Id of the snapshot that is served; `undefined` before the first build. */
  async currentId(): Promise<string | undefined> {
    const text = await readFile(path.join(this.folder, CURRENT), 'utf8').catch(nothingThere)
    const id = text?.trim()
    return id !== undefined && SNAPSHOT_ID.test(id) ? id : undefined
  }

  /** @throws Problem `no-snapshot` with status 404 */
  async current(): Promise<Snapshot> {
    const id = await this.currentId()
    if (id === undefined) {
      throw new Problem('no-snapshot', 'There is no snapshot yet', {
        status: 404,
        detail: 'Build one: "streamgauge demo" makes the demo portfolio, "streamgauge build portfolio.yaml" reads your own data',
      })
    }
    return this.open(id)
  }

  /** Whether there is a whole snapshot of this id. */
  async has(id: string): Promise<boolean> {
    return (await this.#manifest(id)) !== undefined
  }

  /** Also notices that a snapshot was removed since it was last opened. @throws Problem `unknown-snapshot` with status 404 */
  async open(id: string): Promise<Snapshot> {
    const known = this.#open.get(id)
    if (known && (await exists(path.join(this.folder, id, MANIFEST)))) return known
    const opening = this.#openNew(id)
    this.#open.set(id, opening)
    opening.catch(() => this.#open.delete(id))
    return opening
  }

  /** A new folder beside the snapshots in which one can be built; leftovers of dead builds are removed first, and databases that were derived from no snapshot. */
  async newBuildFolder(): Promise<string> {
    await mkdir(this.folder, { recursive: true })
    await this.#sweep()
    const folder = path.join(this.folder, `${ASIDE}${process.pid}-${randomUUID().slice(0, 8)}`)
    await mkdir(folder)
    return folder
  }

  /** Moves a finished build folder into place and makes it current; a snapshot of the same id is kept as it is. */
  async publish(buildFolder: string, manifest: Manifest): Promise<void> {
    const target = path.join(this.folder, manifest.id)
    await writeFile(path.join(buildFolder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const name of await readdir(buildFolder, { recursive: true })) {
      const file = path.join(buildFolder, name)
      if (!(await isPublished(file))) await sync(file)
    }
    await sync(buildFolder)
    if (await this.#manifest(manifest.id)) await rm(buildFolder, { recursive: true })
    else await this.#replace(buildFolder, target)
    await sync(this.folder)
    await this.makeCurrent(manifest.id)
  }

  /** Points the server at a snapshot, in one step. */
  async makeCurrent(id: string): Promise<void> {
    const aside = path.join(this.folder, `${ASIDE}${process.pid}-${CURRENT}-${randomUUID().slice(0, 8)}`)
    await writeFile(aside, `${id}\n`)
    await sync(aside)
    await rename(aside, path.join(this.folder, CURRENT))
    await sync(this.folder)
  }

  /** Removes a snapshot for good. @throws Problem when it is the current one */
  async remove(id: string): Promise<void> {
    if ((await this.currentId()) === id)
      throw new Problem('snapshot-in-use', `The current snapshot ${id} can't be removed`, { status: 409 })
    const { folder } = await this.open(id)
    const gone = path.join(this.folder, `${ASIDE}0-${id}`)
    await rename(folder, gone)
    this.#open.delete(id)
    await rm(gone, { recursive: true, force: true })
    if (!(await this.list()).some(({ increments }) => increments?.originId === id)) await removeDerived(this.derivedFolder, id)
  }

  async #openNew(id: string): Promise<Snapshot> {
    const manifest = SNAPSHOT_ID.test(id) ? await this.#manifest(id) : undefined
    if (!manifest) {
      throw new Problem('unknown-snapshot', 'There is no such snapshot', {
        status: 404,
        faults: [{ where: 'snapshot', message: 'not among the published snapshots', value: id.slice(0, 80) }],
      })
    }
    if (manifest.schemaVersion !== SCHEMA_VERSION) {
      throw new Problem(
        'snapshot-of-other-version',
        `Snapshot ${id} has the layout ${manifest.schemaVersion}, this program reads ${SCHEMA_VERSION}`,
        {
          status: 409,
          detail: 'Build it again from its portfolio file, or open it with the version that made it',
        },
      )
    }
    const folder = path.join(this.folder, id)
    return { ...snapshotTables(manifest, folder), folder, manifest }
  }

  async #manifest(id: string): Promise<Manifest | undefined> {
    const text = await readFile(path.join(this.folder, id, MANIFEST), 'utf8').catch(nothingThere)
    if (text === undefined) return undefined
    try {
      return JSON.parse(text) as Manifest
    } catch {
      return undefined
    }
  }

  async #sweep(): Promise<void> {
    // In this order: a build that is under way has its folder until its snapshot is there.
    const derived = await derivedIds(this.derivedFolder)
    const isAlone = await sweepAside(this.folder)
    if (!isAlone) return
    const wanted = new Set((await this.list()).flatMap(({ id, increments }) => [id, increments?.originId]))
    for (const id of derived) {
      if (!SNAPSHOT_ID.test(id) || wanted.has(id)) continue
      // Not every system lets go of a file that somebody reads: the next build tries again.
      await removeDerived(this.derivedFolder, id).catch(() => undefined)
    }
  }

  async #replace(buildFolder: string, target: string): Promise<void> {
    await rm(target, { recursive: true, force: true })
    await rename(buildFolder, target)
  }
}

/** What is known of a snapshot's tables. */
type Described = Pick<Manifest, 'id' | 'files' | 'increments' | 'portfolio' | 'dimensions'>

/** The tables of a snapshot whose files lie in a folder, published or not. */
export function snapshotTables({ id, files, increments, portfolio, dimensions }: Described, folder: string): SnapshotTables {
  const tables = tablesOf(files, folder)
  const readAs = projections(portfolio, dimensions, tables.keys())
  if (!increments) return { id, tables, readAs }
  const hidden = Object.keys(increments.hidden)
  const added = {
    originId: increments.originId,
    origin: tablesOf(
      files.filter(({ isAdded }) => !isAdded),
      folder,
    ),
    added: tablesOf(
      files.filter(({ isAdded }) => isAdded),
      folder,
    ),
    replaced: tables.get(REPLACED_TABLE) ?? [],
    replacedIn: new Set(hidden.includes(STAYS_ARE_OF) ? [...hidden, STAYS] : hidden),
  }
  return { id, tables, readAs, increments: added }
}

/** Files of each table, in the manifest's order. */
function tablesOf(files: readonly SnapshotFile[], folder: string): Map<string, readonly string[]> {
  const tables = new Map<string, string[]>()
  for (const { table, name } of files) {
    const known = tables.get(table) ?? []
    known.push(path.join(folder, name))
    tables.set(table, known)
  }
  const moves = tables.get(STAYS_ARE_OF)
  if (moves) tables.set(STAYS, moves)
  return tables
}

/** Rows of each table that are to be read, in however many files they lie. */
export function rowCounts({ files, increments }: Manifest): Map<string, number> {
  const counts = new Map(Object.entries(increments?.hidden ?? {}).map(([table, hidden]) => [table, -hidden]))
  for (const { table, rowCount } of files) counts.set(table, (counts.get(table) ?? 0) + rowCount)
  return counts
}

/** Hash of a file's bytes, as 64 hexadecimal digits. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Bytes of a file. */
export async function fileSize(file: string): Promise<number> {
  return (await stat(file)).size
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether a file is one of another snapshot, too, which is on the disk for long. */
async function isPublished(file: string): Promise<boolean> {
  const found = await stat(file)
  return found.isFile() && found.nlink > 1
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(nothingThere)) !== undefined
}

function nothingThere(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
