import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { log } from '@/lib/log'
import { METRICS } from '@/lib/metrics/registry'
import { Problem, type ProblemBody } from '@/lib/problem'
import { SnapshotStore } from '@/lib/snapshot/store'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'
import { writeBoard } from '@/scripts/testing/board'
import { streamgauge } from '@/scripts/testing/child'
import { startRoutes } from '@/scripts/testing/route-server'

let folder: string
let data: string
let id: string
let server: Awaited<ReturnType<typeof startRoutes>>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-api-'))
  data = path.join(folder, 'data')
  vi.stubEnv('STREAMGAUGE_DATA', data)
  vi.stubEnv('NODE_ENV', 'production')
  id = await build('Board')
  server = await startRoutes()
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

async function build(name: string): Promise<string> {
  const file = await writeBoard(path.join(folder, 'board'), { name })
  return (await makeSnapshot(file, new SnapshotStore(data), { progress: () => {} })).id
}

const get = (address: string, init?: RequestInit) => fetch(`${server.url}/api${address}`, { redirect: 'manual', ...init })
const ask = (metric: string, search = '', init?: RequestInit) => get(`/snapshots/${id}/metrics/${metric}?${search}`, init)

async function problem(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as ProblemBody
  expect(body.status).toBe(response.status)
  return body
}

describe('answers', () => {
  it.each([
    ['finished-items', 'span=lead&unit=elapsed'],
    ['wip', "team=O'Elm&groupBy=type"],
    ['aging-work', ''],
    ['kpi-trend', ''],
    ['cumulative-flow', 'from=2025-01-10&to=2025-01-20'],
    ['item-life', 'item=B-9'],
  ])('%s?%s: Arrow = JSON = CSV = command line', async (metric, search) => {
    const separator = search ? '&' : ''
    const words = [...new URLSearchParams(search)].flatMap(([name, value]) => [`--${name}`, value])
    const [arrow, json, csv, printed] = await Promise.all([
      ask(metric, search).then((response) => response.arrayBuffer()),
      ask(metric, `${search}${separator}format=json`).then((response) => response.text()),
      ask(metric, search, { headers: { accept: 'text/csv' } }).then((response) => response.text()),
      streamgauge(['query', metric, ...words, '--format', 'json', '--data', data]),
    ])
    expect(printed.stdout).toBe(json)
    const rows = JSON.parse(json) as Record<string, unknown>[]
    expect(rows.length).toBeGreaterThan(0)
    const table = tableFromIPC(new Uint8Array(arrow))
    expect(table.schema.fields.map((field) => field.name)).toEqual(Object.keys(rows[0] ?? {}))
    expect(table.toArray().map((row) => plain(row?.toJSON()))).toEqual(rows.map(plain))
    const records = parse(csv, { columns: true, cast: (value, context) => (value === '' && !context.quoting ? null : value) }) as object[]
    expect(records).toEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]))),
    )
  })

  it('come as Parquet, the same as the command line writes', async () => {
    const response = await ask('throughput', 'team=Ash&format=parquet')
    expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 4).toString()).toBe('PAR1')
    const accepted = await ask('throughput', 'team=Ash', { headers: { accept: 'application/vnd.apache.parquet' } })
    expect(Buffer.from(await accepted.arrayBuffer()).equals(bytes)).toBe(true)
    const file = path.join(folder, 'printed.parquet')
    await streamgauge(['query', 'throughput', '--team', 'Ash', '--format', 'parquet', '--output', file, '--data', data])
    expect((await readFile(file)).equals(bytes)).toBe(true)
  })

  it.each(['csv', 'parquet', 'arrow', 'json'])('as %s have a file name that says what was filtered', async (format) => {
    const { headers } = await ask('throughput', `stream=board&team=Ash&from=2025-01-06&to=2025-02-01&grain=week&format=${format}`)
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="throughput_board_team-ash_grain-week_2025-01-06-to-2025-01-31_${id}.${format}"`,
    )
  })

  it('say what they are', async () => {
    const table = tableFromIPC(new Uint8Array(await (await ask('throughput', 'team=Ash&policy=last_start_last_finish')).arrayBuffer()))
    expect(JSON.parse(table.schema.metadata.get('streamgauge') ?? '')).toMatchObject({
      metric: 'throughput',
      snapshot: id,
      params: { team: ['Ash'] },
      ignored: ['policy'],
    })
  })

  it('never change: a strong ETag, and 304 for who has the answer', async () => {
    const first = await ask('wip')
    expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{27}"$/)
    const again = await ask('wip', '', { headers: { 'if-none-match': `"other", ${etag}` } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    const etags = await Promise.all(
      ['format=json', 'span=lead', 'format=json&span=lead'].map(async (search) => (await ask('wip', search)).headers.get('etag')),
    )
    expect(new Set([etag, ...etags]).size).toBe(4)
    expect((await ask('wip', 'span=lead&grain=week')).headers.get('etag')).toBe(
      (await ask('wip', 'grain=week&span=lead')).headers.get('etag'),
    )
  })

  it('come without a body for HEAD', async () => {
    const head = await ask('wip', '', { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/vnd.apache.arrow.stream'])
    expect((await head.arrayBuffer()).byteLength).toBe(0)
  })

  it('answer equal questions at the same time alike', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () =>
        Buffer.from(await (await ask('cumulative-flow', 'groupBy=team')).arrayBuffer()).toString('hex'),
      ),
    )
    expect(new Set(answers).size).toBe(1)
  })
})

describe('explanations', () => {
  const explain = (metric: string, search = '') => get(`/snapshots/${id}/metrics/${metric}/explain?${search}`)

  it('list the items behind the number, as JSON a page at a time and as CSV all of them', async () => {
    const told = await (await explain('throughput', 'limit=1')).json()
    expect(told.items.total).toBeGreaterThan(1)
    expect([told.number.value, told.items.rows.length]).toEqual([told.items.total, 1])
    const whole = await explain('throughput', 'format=csv')
    expect(whole.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(whole.headers.get('content-disposition')).toBe(`inline; filename="throughput-items-${id}.csv"`)
    const listed = parse(await whole.text(), { columns: true }) as { item_id: string }[]
    expect(new Set(listed.map((row) => row.item_id)).size).toBe(told.items.total)
    const page = parse(await (await explain('throughput', 'format=csv&limit=1&offset=1')).text(), { columns: true }) as {
      item_id: string
    }[]
    expect(page).toEqual(listed.slice(1, 2))
  })

  it('of a metric that counts no items give an empty file, and of a wrong format a problem', async () => {
    expect((await (await explain('kpi-trend', 'format=csv')).text()).trimEnd().split('\r\n')).toHaveLength(1)
    expect((await problem(await explain('throughput', 'format=arrow'))).faults[0]).toMatchObject({
      where: 'format',
      allowed: ['json', 'csv'],
    })
  })
})

describe('verification', () => {
  it('tells with kept=true what is known already, and runs nothing', async () => {
    const kept = () => get(`/snapshots/${id}/verify?kept=true`)
    const before = await kept()
    expect([before.status, await before.text()]).toEqual([204, ''])
    const found = await (await get(`/snapshots/${id}/verify`)).json()
    expect(found.is_met).toBe(true)
    expect(found.checks.length).toBeGreaterThan(50)
    expect(await (await kept()).json()).toEqual(found)
    expect((await problem(await get(`/snapshots/${id}/verify?kept=yes`))).faults[0]?.where).toBe('kept')
  })
})

/** Days and instants as numbers, whatever the format says of them. */
function plain(row: object | undefined): object {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      /_(on|at)$|^at$/.test(name) && value !== null ? Number(new Date(value as string | number)) : value,
    ]),
  )
}

describe('problems', () => {
  it.each([
    ['/snapshots/none/metrics/wip', 404, 'snapshot'],
    ['/snapshots/..%2f..%2fetc/metrics/wip', 404, 'snapshot'],
    ['/snapshots/ID/metrics/wipp', 404, 'metric'],
    ['/snapshots/ID/metrics/constructor', 404, 'metric'],
    ['/snapshots/ID/metrics/wip?from=2026-02-30', 400, 'from'],
    ['/snapshots/ID/metrics/wip?from=2025-02-01&to=2025-01-01', 400, 'from'],
    ['/snapshots/ID/metrics/span-percentiles?percentiles=50,101', 400, 'percentiles'],
    ['/snapshots/ID/metrics/wip?stream=%27', 400, 'stream'],
    ['/snapshots/ID/metrics/wip?groupBy=%27%3BDROP%20TABLE%20items--', 400, 'groupBy'],
    ['/snapshots/ID/metrics/wip?dim.nothing=x', 400, 'dim.nothing'],
    ['/snapshots/ID/metrics/wip?__proto__=x', 400, '__proto__'],
    ['/snapshots/ID/metrics/items?limit=-1', 400, 'limit'],
    ['/snapshots/ID/metrics/wip?format=xlsx', 400, 'format'],
    ['/snapshots/ID/metrics/kpi-trend?kpi=nothing', 400, 'kpi'],
    ['/nothing', 404, 'address'],
  ])('%s → %d, names %s', async (address, status, where) => {
    const response = await get(address.replace('ID', id))
    expect(response.status).toBe(status)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect((await problem(response)).faults[0]?.where).toBe(where)
  })

  it('names every fault at once', async () => {
    const { faults } = await problem(await ask('wip', 'from=x&to=y&span=z'))
    expect(faults.map((fault) => fault.where)).toEqual(['from', 'to', 'span'])
    expect(faults[2]?.allowed).toEqual(['lead', 'flow', 'cycle'])
  })

  it('takes quotes in every value for what they are', async () => {
    for (const value of ["'", "''", '"', '\\', '%', ';--', '\u0000', '${}', '$p0']) {
      const response = await ask('items', new URLSearchParams({ team: value, search: value, format: 'json' }).toString())
      expect([value, response.status, await response.json()]).toEqual([value, 200, []])
    }
  })

  it('refuses what is too long and stays healthy', async () => {
    const long = await ask('wip', `team=${'a'.repeat(12_000)}`)
    expect((await problem(long)).faults[0]?.message).toContain('longer than')
    const huge = await ask('wip', `team=${'a'.repeat(1_000_000)}`).then(
      (response) => response.status,
      () => 431,
    )
    expect(huge).toBe(431)
    expect((await get('/health')).status).toBe(200)
  })

  it('refuses formats that nobody can give', async () => {
    const response = await ask('wip', '', { headers: { accept: 'image/png' } })
    expect([response.status, (await problem(response)).faults[0]?.where]).toEqual([406, 'Accept'])
  })

  it('hides what went wrong inside, but for an id', async () => {
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
    const spy = vi.spyOn(SnapshotStore.prototype, 'list').mockRejectedValueOnce(new Error('secret /home/somebody'))
    const inside = await problem(await get('/snapshots'))
    spy.mockRejectedValueOnce(new Problem('query-failed', 'The query failed inside the engine', { status: 500, detail: 'SELECT secret' }))
    const engine = await problem(await get('/snapshots'))
    spy.mockRestore()
    expect(logged.mock.calls.map(([fields]) => `It was logged as ${(fields as unknown as { id: string }).id}`)).toEqual([
      inside.detail,
      engine.detail,
    ])
    logged.mockRestore()
    for (const body of [inside, engine]) {
      expect(body.status).toBe(500)
      expect(body.detail).toMatch(/^It was logged as [0-9a-f-]{36}$/)
      expect(JSON.stringify(body)).not.toContain('secret')
    }
  })
})

describe('abandoned requests', () => {
  it('leave the server healthy', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => {
        const signal = AbortSignal.timeout(1 + index * 2)
        return ask('cumulative-flow', `groupBy=team&rule=ever&asOf=2025-01-${String(10 + (index % 15))}&format=json`, { signal }).then(
          (response) => response.text(),
        )
      }),
    )
    expect(outcomes.some((outcome) => outcome.status === 'rejected')).toBe(true)
    const { status, eventLoopDelay } = await (await get('/health')).json()
    expect(status).toBe('ok')
    expect(eventLoopDelay.p99).toBeGreaterThanOrEqual(eventLoopDelay.p50)
    expect((await ask('cumulative-flow', 'groupBy=team&rule=ever&asOf=2025-01-10&format=json')).status).toBe(200)
  })
})

describe('snapshots', () => {
  it('tell what they were made from, and no folder of the machine', async () => {
    const response = await get(`/snapshots/${id}/sources`)
    const text = await response.text()
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(JSON.parse(text)).toMatchObject({ sources: [{ stream_id: 'board', files: [{ name: 'board.csv' }] }], reject_count: 0 })
    expect(text).not.toContain(folder)
    expect((await get('/snapshots/current/sources')).headers.get('location')).toContain(`/api/snapshots/${id}/sources`)
    expect((await get('/snapshots/00000000000000000000/sources')).status).toBe(404)
  })

  it('are noticed, and gone, without a restart', async () => {
    expect(await (await get('/snapshots/current')).json()).toMatchObject({
      id,
      name: 'Board',
      item_count: 60,
      first_on: '2025-01-06',
      is_current: true,
    })
    const redirect = await get('/snapshots/current/metrics/wip?format=csv&span=lead')
    expect([redirect.status, redirect.headers.get('location')]).toEqual([307, `/api/snapshots/${id}/metrics/wip?format=csv&span=lead`])
    const later = await build('Board, later')
    const { snapshots } = (await (await get('/snapshots')).json()) as { snapshots: { id: string; is_current: boolean }[] }
    expect(snapshots.map((snapshot) => [snapshot.id, snapshot.is_current])).toEqual([
      [later, true],
      [id, false],
    ])
    expect((await ask('wip')).status).toBe(200)
    await new SnapshotStore(data).remove(id)
    expect((await problem(await ask('wip'))).type).toContain('unknown-snapshot')
    id = later
  })

  it('show their configuration without their sources', async () => {
    const portfolio = (await (await get(`/snapshots/${id}/portfolio`)).json()) as { streams: { sources: unknown[] }[] }
    expect(portfolio.streams[0]).toMatchObject({ id: 'board', sources: [] })
  })
})

describe('descriptions', () => {
  it('cover every metric, parameter and column', async () => {
    const { metrics } = (await (await get('/metrics')).json()) as {
      metrics: { name: string; params: { name: string; meaning: string }[] }[]
    }
    expect(metrics.map((metric) => metric.name)).toEqual(METRICS.map((metric) => metric.name))
    for (const { name, params } of metrics)
      for (const param of params) expect([name, param.name, param.meaning.length > 5]).toEqual([name, param.name, true])
    const { paths } = (await (await get('/openapi.json')).json()) as { paths: Record<string, { get: { parameters: { name: string }[] } }> }
    for (const metric of METRICS) {
      const names = paths[`/api/snapshots/{id}/metrics/${metric.name}`]?.get.parameters.map((parameter) => parameter.name)
      expect(names).toEqual(expect.arrayContaining(['id', 'format', 'stream', 'from', 'to', 'asOf', ...metric.uses]))
    }
  })
})
