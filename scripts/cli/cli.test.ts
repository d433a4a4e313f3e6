import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBuilder } from '@/lib/engine/duckdb/builder'
import { literal, sql } from '@/lib/engine/sql'
import { SnapshotStore } from '@/lib/snapshot/store'
import { writeBoard } from '@/scripts/testing/board'
import { type Finished, finished, spawnCommand, streamgauge } from '@/scripts/testing/child'

let folder: string
let data: string
let built: Finished

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-cli-'))
  data = path.join(folder, 'data')
  await writeBoard(path.join(folder, 'board'))
  await appendFile(path.join(folder, 'board/board.csv'), 'B-1,yesterday,Done,Ash,Bug,x,,\n')
  built = await streamgauge(['build', 'board/portfolio.yaml', '--data', 'data'], { cwd: folder })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const query = (...args: string[]) => streamgauge(['query', ...args], { cwd: folder, env: { STREAMGAUGE_DATA: data } })

describe('build', () => {
  it('says what it published, what it left out and where that is kept', () => {
    expect(built.stderr).toContain('board.csv: ')
    expect(built.code).toBe(0)
    expect(built.stdout).toMatch(/^Snapshot [0-9a-f]{20} is published\n {2}60 items, /)
    expect(built.stdout).toContain('1 row left out; kept with their reasons in')
    expect(built.stdout).toContain('not a date or time as ISO 8601 writes it')
  })

  it('fails with every fault of a portfolio file, and publishes nothing', async () => {
    const file = path.join(folder, 'bad.yaml')
    const text = await readFile(path.join(folder, 'board/portfolio.yaml'), 'utf8')
    await writeFile(
      file,
      text.replace('committed: doing', 'committed: doign').replace('timezone: Europe/Berlin', 'timezone: Europe/Berlinn'),
    )
    const [bad, absent] = await Promise.all([
      streamgauge(['build', file, '--data', path.join(folder, 'nothing')]),
      streamgauge(['build', path.join(folder, 'absent.yaml'), '--data', data]),
    ])
    expect(bad).toMatchObject({ code: 1, stdout: '' })
    expect(bad.stderr).toMatch(/doign[\s\S]*doing/)
    expect(bad.stderr).toContain('Europe/Berlin')
    expect(bad.stderr).not.toContain('    at ')
    expect(absent.code).toBe(1)
    expect(absent.stderr).toContain('there is no such file')
  })
})

describe('query', () => {
  it('gives the same rows in every format', async () => {
    const asked = ['finished-items', '--span', 'lead', '--unit=elapsed', '--rule', 'current']
    const output = path.join(folder, 'answer.parquet')
    const [json, csv, arrow, parquet] = await Promise.all([
      query(...asked, '--format', 'json'),
      query(...asked, '--format', 'csv'),
      query('--format', 'arrow', ...asked),
      query(...asked, '--format', 'parquet', '--output', output),
    ])
    const rows = JSON.parse(json.stdout) as Record<string, unknown>[]
    expect(rows.length).toBeGreaterThan(40)
    expect(parquet).toMatchObject({ code: 0, stdout: '' })
    const records = parse(csv.stdout, { columns: true }) as Record<string, string>[]
    expect(records).toEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]))),
    )
    const table = tableFromIPC(arrow.bytes)
    expect(Array.from(table.getChild('title') ?? [])).toEqual(rows.map((row) => row.title))
    expect(Array.from(table.getChild('elapsed_days') ?? [])).toEqual(rows.map((row) => row.elapsed_days))
    const builder = await openBuilder()
    const read = await builder.rows(
      sql`SELECT title, elapsed_days, strftime(finished_on, '%Y-%m-%d') AS finished_on FROM read_parquet(${literal(output)})`,
    )
    builder.close()
    expect(read).toEqual(rows.map(({ title, elapsed_days, finished_on }) => ({ title, elapsed_days, finished_on })))
  })

  it('takes scope, lists and repeated parameters', async () => {
    const asked = ['throughput', '--grain', 'year', '--format', 'json']
    const [all, one, two, none] = await Promise.all([
      query(...asked),
      query(...asked, '--team', 'Birch\\, Beech'),
      query(...asked, '--team', 'Ash', '--team', "O'Elm"),
      query(...asked, '--dim.area', '(none)', '--groupBy', 'dim.area'),
    ])
    const total = (answer: Finished) =>
      (JSON.parse(answer.stdout) as { item_count: number }[]).reduce((sum, row) => sum + row.item_count, 0)
    expect(total(one)).toBeGreaterThan(0)
    expect(total(one) + total(two)).toBe(total(all))
    expect(JSON.parse(none.stdout)).toMatchObject([{ group: '(none)' }])
  })

  it('explains what it cannot answer, on standard error alone', async () => {
    const wrong = await Promise.all([
      query('wipp'),
      query('wip', '--from', '2025-02-30'),
      query('wip', '--from', '2025-03-01', '--to', '2025-02-01'),
      query('wip', '--groupBy', "'; DROP"),
      query('wip', '--format', 'xml'),
      query('wip', '--span'),
      query('wip', '--snapshot', '../../etc/passwd'),
      query(),
    ])
    for (const answer of wrong) expect(answer).toMatchObject({ code: 1, stdout: '' })
    const said = wrong.map((answer) => answer.stderr)
    expect(said[0]).toContain('did you mean "wip"?')
    expect(said[1]).toContain('from: must be a real date written YYYY-MM-DD (got "2025-02-30")')
    expect(said[2]).toContain('must not lie after "to"')
    expect(said[4]).toContain('table, json, csv, arrow, parquet')
    expect(said[5]).toContain('--span: needs a value')
    for (const text of said) expect(text).not.toContain('    at ')
  })

  it('says what it ignored beside the answer, and is quiet when its reader goes away', async () => {
    const ignored = await query('facets', '--grain', 'week', '--format', 'json')
    expect(ignored.stderr).toContain('grain: without meaning for facets')
    expect(JSON.parse(ignored.stdout)).not.toHaveLength(0)
    const child = spawnCommand(['query', 'cumulative-flow', '--data', data])
    child.stdout?.destroy()
    expect(await finished(child)).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('snapshots, verify, prune', () => {
  it('lists, checks and finds what was tampered with', async () => {
    const listed = await streamgauge(['snapshots', '--data', data, '--format', 'json'])
    const [snapshot] = JSON.parse(listed.stdout) as { id: string; name: string }[]
    expect(snapshot).toMatchObject({ name: 'Board', item_count: 60, is_current: true })
    const checked = await streamgauge(['verify', '--data', data])
    expect(checked.stdout).not.toContain('FAIL')
    expect(checked.code).toBe(0)

    const copy = path.join(folder, 'tampered')
    const manifest = await streamgauge(['build', path.join(folder, 'board/portfolio.yaml'), '--data', copy])
    expect(manifest.stdout).toContain(snapshot?.id)
    await appendFile(path.join(copy, 'snapshots', snapshot?.id ?? '', 'visits.parquet'), 'x')
    const tampered = await streamgauge(['verify', '--data', copy])
    expect(tampered.code).toBe(1)
    expect(tampered.stderr).toContain('visits.parquet')
  })

  it('keeps the newest and always the current one', async () => {
    const other = path.join(folder, 'many')
    const store = new SnapshotStore(other)
    for (const name of ['One', 'Two', 'Three']) {
      await writeBoard(path.join(folder, 'many-board'), { name, items: 12 })
      expect((await streamgauge(['build', path.join(folder, 'many-board/portfolio.yaml'), '--data', other])).code).toBe(0)
    }
    const ids = (await store.list()).map((manifest) => manifest.id)
    await store.makeCurrent(ids[2] ?? '')
    const pruned = await streamgauge(['prune', '--keep', '1', '--data', other])
    expect(pruned).toMatchObject({ code: 0, stdout: `removed ${ids[1]}\n2 snapshots kept\n` })
    expect((await readdir(store.folder)).sort()).toEqual(['current', ids[0], ids[2]].sort())
    expect((await streamgauge(['prune', '--keep', 'all', '--data', other])).code).toBe(1)
  })
})

describe('init', () => {
  it('drafts a file that builds, and overwrites nothing', async () => {
    const place = path.join(folder, 'drafted')
    await writeBoard(place)
    await rm(path.join(place, 'portfolio.yaml'))
    const first = await streamgauge(['init', 'board.csv'], { cwd: place })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const again = await streamgauge(['init', 'board.csv'], { cwd: place })
    expect(again.stderr).toContain('--force')
    expect(again.code).toBe(1)
    const made = await streamgauge(['build', 'portfolio.yaml', '--data', 'data'], { cwd: place })
    expect(made.stdout).toContain('60 items')
  })
})

describe('help and interruption', () => {
  it('explains every command', async () => {
    const commands = ['init', 'build', 'demo', 'snapshots', 'prune', 'verify', 'metrics', 'query']
    const helped = await Promise.all(commands.map((command) => streamgauge([command, '--help'])))
    for (const [index, help] of helped.entries()) {
      expect(help).toMatchObject({ code: 0, stderr: '' })
      expect(help.stdout).toContain(`streamgauge ${commands[index]}`)
    }
    const unknown = await streamgauge(['biuld'])
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('build')
  })

  it('leaves no debris when a build is interrupted', async () => {
    const place = path.join(folder, 'interrupted')
    await writeBoard(path.join(folder, 'large'), { items: 4000 })
    const child = spawnCommand(['build', path.join(folder, 'large/portfolio.yaml'), '--data', place])
    child.stderr?.once('data', () => child.kill('SIGINT'))
    expect(await finished(child)).toMatchObject({ code: 130, stdout: '' })
    expect(await readdir(path.join(place, 'snapshots'))).toEqual([])
  })
})
