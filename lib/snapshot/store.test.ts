import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Manifest, SCHEMA_VERSION } from './manifest'
import { rowCounts, SnapshotStore } from './store'

let data: string
let store: SnapshotStore

beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'streamgauge-store-'))
  store = new SnapshotStore(data)
})

afterEach(() => rm(data, { recursive: true, force: true }))

const A = 'a'.repeat(20)
const B = 'b'.repeat(20)
const NO_STREAMS = { portfolio: { streams: [] }, dimensions: [] }

async function publish(id: string, createdAt: string, more: Partial<Manifest> = {}): Promise<void> {
  const folder = await store.newBuildFolder()
  await writeFile(path.join(folder, 'items.parquet'), id)
  const files = [{ table: 'items', name: 'items.parquet' }]
  await store.publish(folder, { ...NO_STREAMS, id, createdAt, schemaVersion: SCHEMA_VERSION, files, ...more } as unknown as Manifest)
}

/** Puts something into the folder of derived databases. */
async function derive(...names: readonly string[]): Promise<void> {
  await mkdir(store.derivedFolder, { recursive: true })
  for (const name of names) await writeFile(path.join(store.derivedFolder, name), '')
}

/** What is derived from a snapshot. */
function namesOf(id: string): string[] {
  return [`${id}.duckdb`, `${id}.json`]
}

describe('SnapshotStore', () => {
  it('has nothing to serve before the first build and says how to get it', async () => {
    expect(await store.list()).toEqual([])
    await expect(store.current()).rejects.toMatchObject({ status: 404, message: expect.stringContaining('streamgauge demo') })
  })

  it('serves what was published last and lists the newest first', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    await publish(B, '2026-01-02T00:00:00Z')
    expect((await store.current()).id).toBe(B)
    expect((await store.list()).map((manifest) => manifest.id)).toEqual([B, A])
    expect((await store.open(A)).tables.get('items')).toEqual([path.join(store.folder, A, 'items.parquet')])
  })

  it('finds all files of a table, in the order of the manifest', async () => {
    const folder = await store.newBuildFolder()
    const files = ['items-2.parquet', 'items-1.parquet'].map((name) => ({ table: 'items', name, rowCount: 3 }))
    await store.publish(folder, { ...NO_STREAMS, id: A, createdAt: '', schemaVersion: SCHEMA_VERSION, files } as unknown as Manifest)
    const { tables, manifest } = await store.open(A)
    expect([...tables]).toEqual([['items', files.map(({ name }) => path.join(store.folder, A, name))]])
    expect([...rowCounts(manifest)]).toEqual([['items', 6]])
  })

  it('keeps a snapshot that is published again as it is', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    await publish(B, '2026-01-02T00:00:00Z')
    await publish(A, '2026-01-03T00:00:00Z')
    expect((await store.current()).manifest.createdAt).toBe('2026-01-01T00:00:00Z')
    expect((await readdir(store.folder)).sort()).toEqual([A, B, 'current'])
  })

  it('never reads debris: half a build, a folder without a manifest, a torn manifest', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    await mkdir(path.join(store.folder, B))
    await mkdir(path.join(store.folder, 'c'.repeat(20)))
    await writeFile(path.join(store.folder, 'c'.repeat(20), 'manifest.json'), '{"id": "ccc')
    await mkdir(path.join(store.folder, '.building-999999999-x'))
    expect((await store.list()).map((manifest) => manifest.id)).toEqual([A])
    await expect(store.open(B)).rejects.toMatchObject({ status: 404 })
  })

  it('replaces a broken folder of the same id', async () => {
    await mkdir(path.join(store.folder, A), { recursive: true })
    await publish(A, '2026-01-01T00:00:00Z')
    expect((await store.open(A)).id).toBe(A)
  })

  it('sweeps what dead builds left and leaves live ones alone', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    const live = await store.newBuildFolder()
    await mkdir(path.join(store.folder, '.building-999999999-x'))
    await store.newBuildFolder()
    const left = await readdir(store.folder)
    expect(left).not.toContain('.building-999999999-x')
    expect(left).toContain(path.basename(live))
  })

  it('refuses to remove the current snapshot and forgets a removed one', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    await publish(B, '2026-01-02T00:00:00Z')
    await expect(store.remove(B)).rejects.toMatchObject({ status: 409 })
    await store.open(A)
    await new SnapshotStore(data).remove(A)
    await expect(store.open(A)).rejects.toMatchObject({ status: 404 })
  })

  it('removes what was derived from a snapshot with it, and nothing else', async () => {
    await publish(A, '2026-01-01T00:00:00Z')
    await publish(B, '2026-01-02T00:00:00Z')
    await derive(...namesOf(A), ...namesOf(B))
    await store.remove(A)
    expect((await readdir(store.derivedFolder)).sort()).toEqual(namesOf(B))
  })

  it('removes what was derived from no snapshot when there is another build, and nothing else', async () => {
    const [origin, stray] = ['0'.repeat(20), 'c'.repeat(20)]
    await publish(A, '2026-01-01T00:00:00Z', { increments: { originId: origin, count: 1, hidden: {} } })
    const kept = [...namesOf(origin), ...namesOf(A), 'current.json', 'notes'].sort()
    await derive(...kept, ...namesOf(stray), `${stray}.duckdb.wal`, `${B}.duckdb`)
    await publish(B, '2026-01-02T00:00:00Z')
    expect((await readdir(store.derivedFolder)).sort()).toEqual(kept)
  })

  it('leaves what was derived from a snapshot that a living build may be about to publish', async () => {
    const live = await store.newBuildFolder()
    await derive(...namesOf(A))
    const other = await store.newBuildFolder()
    expect((await readdir(store.derivedFolder)).sort()).toEqual(namesOf(A))
    for (const folder of [live, other]) await rm(folder, { recursive: true })
    await store.newBuildFolder()
    expect(await readdir(store.derivedFolder)).toEqual([])
  })

  it.each(['../../etc', 'current', '', 'A'.repeat(20), 'a'.repeat(21)])('knows no snapshot %j', async (id) => {
    await expect(store.open(id)).rejects.toMatchObject({ status: 404 })
  })

  it('says when a snapshot was made by another version', async () => {
    await publish(A, '2026-01-01T00:00:00Z', { schemaVersion: 99 })
    await expect(store.open(A)).rejects.toMatchObject({ status: 409, code: 'snapshot-of-other-version' })
  })
})
