import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { SnapshotStore } from '@/lib/snapshot/store'
import { streamgauge } from '@/scripts/testing/child'
import { everyMetricAnswers, everyMetricEverywhere, type Whole } from '@/scripts/testing/every-metric'
import { sharedData } from '@/scripts/testing/shared-data'
import { streamPerTeam } from '../testing/stream-per-team'

const shared = sharedData('real event logs against their reference figures')
const HERE = import.meta.dirname

let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'streamgauge-real-'))
})

afterAll(() => rm(scratch, { recursive: true, force: true }))

type Row = Record<string, unknown>

interface Built {
  readonly report: string
  query(...words: string[]): Promise<Row[]>
  readonly data: string
}

/** Builds a portfolio beside a link to its log with the real command line. @param change of the text of the portfolio file */
async function build(portfolio: string, log: string, change: (text: string) => string = (text) => text): Promise<Built> {
  const folder = await mkdtemp(path.join(scratch, `${portfolio}-`))
  const data = path.join(folder, 'data')
  const file = path.join(folder, `${portfolio}.yaml`)
  await mkdir(data)
  await writeFile(file, change(await readFile(path.join(HERE, `${portfolio}.yaml`), 'utf8')))
  const source = path.join(shared ?? '', 'data', log)
  const target = path.join(folder, path.basename(log))
  await symlink(source, target).catch(() => copyFile(source, target))
  const { code, stdout, stderr } = await streamgauge(['build', file, '--data', data])
  expect(code, stderr).toBe(0)
  const query = async (...words: string[]) => {
    const answer = await streamgauge(['query', ...words, '--format', 'json', '--data', data])
    expect(answer.code, answer.stderr).toBe(0)
    return JSON.parse(answer.stdout) as Row[]
  }
  return { report: stdout, query, data }
}

async function openData(data: string): Promise<Whole> {
  return { data, snapshot: await new SnapshotStore(data).current(), engine: await openDuckdb({ readable: [data] }) }
}

async function verifies(data: string): Promise<void> {
  const { code, stdout, stderr } = await streamgauge(['verify', '--data', data])
  expect(code, `${stdout.slice(-2000)}${stderr}`).toBe(0)
  expect(stdout).toMatch(/ (\d+) checks of \1 hold/)
}

/** Rows → what two of their columns say. */
function pairs(rows: readonly Row[], key: string, value: string): Record<string, unknown> {
  return Object.fromEntries(rows.map((row) => [row[key], row[value]]))
}

describe.skipIf(!shared)('uci-incidents', () => {
  let incidents: Built
  let reference: { readonly weekly: Readonly<Record<string, readonly [number, number]>> }

  beforeAll(async () => {
    incidents = await build('uci-incidents', 'uci-incidents/incident_event_log.csv.gz')
    reference = JSON.parse(await readFile(path.join(shared ?? '', 'data/uci-incidents/reference_figures.json'), 'utf8'))
  })

  it('has 24,918 items', () => {
    expect(incidents.report).toContain('24,918 items')
    expect(incidents.report).toContain('24,918 items finished')
  })

  it('has the percentiles of lead time in days', async () => {
    const rows = await incidents.query('span-percentiles', '--stream', 'incidents', '--span', 'lead', '--unit', 'days')
    expect(rows.map(({ percentile, value, n }) => [percentile, value, n])).toEqual([
      [50, 2, 24918],
      [70, 5, 24918],
      [85, 11, 24918],
      [95, 29, 24918],
    ])
  })

  it('has the percentiles of elapsed lead time', async () => {
    const rows = await incidents.query('span-percentiles', '--stream', 'incidents', '--span', 'lead', '--unit', 'elapsed')
    const wanted = [0.625, 3.877778, 10.279167, 27.8375]
    expect(rows).toHaveLength(wanted.length)
    for (const [index, value] of wanted.entries()) expect(Math.abs(Number(rows[index]?.value) - value)).toBeLessThan(1e-6)
  })

  it('has the work in progress at the end of five days', async () => {
    const rows = await incidents.query('wip', '--span', 'lead')
    expect(pairs(rows, 'day_on', 'item_count')).toMatchObject({
      '2016-03-15': 1796,
      '2016-03-31': 1481,
      '2016-04-30': 1195,
      '2016-05-15': 1239,
      '2016-05-31': 1180,
    })
  })

  it('has the arrivals and the finishes of every week', async () => {
    const weeks = Object.entries(reference.weekly)
    expect(weeks.length).toBeGreaterThan(40)
    const [arrivals, throughput] = await Promise.all([
      incidents.query('arrivals', '--span', 'lead', '--grain', 'week'),
      incidents.query('throughput', '--span', 'lead', '--grain', 'week'),
    ])
    expect(pairs(arrivals, 'period_on', 'item_count')).toEqual(Object.fromEntries(weeks.map(([on, [count]]) => [on, count])))
    expect(pairs(throughput, 'period_on', 'item_count')).toEqual(Object.fromEntries(weeks.map(([on, [, count]]) => [on, count])))
  })

  it('holds everything that must hold of a snapshot', () => verifies(incidents.data))

  describe('every metric', () => {
    let whole: Whole
    beforeAll(async () => {
      whole = await openData(incidents.data)
    })
    afterAll(() => whole.engine.close())
    everyMetricAnswers(() => whole)
    everyMetricEverywhere(() => whole)
  })
})

describe.skipIf(!shared)('kubernetes-enhancements', () => {
  const LOG = 'kubernetes-enhancements/kep_history.csv'

  describe('every metric', () => {
    let whole: Whole
    beforeAll(async () => {
      whole = await openData((await build('kubernetes-enhancements', LOG)).data)
    })
    afterAll(() => whole.engine.close())
    everyMetricAnswers(() => whole)
  })

  it('is one stream from idea to delivery, with the SIG as team', async () => {
    const { report, query, data } = await build('kubernetes-enhancements', LOG)
    expect(report).toContain('662 items')
    await verifies(data)
    const [finished, facets] = await Promise.all([query('finished-items'), query('facets')])
    expect(finished).toHaveLength(290)
    const teams = facets.filter((row) => row.dimension === 'team')
    expect(teams.find((row) => row.value === 'sig-node')?.item_count).toBe(126)
    expect(teams.reduce((sum, row) => sum + Number(row.item_count), 0)).toBe(662)
  })

  it('is a stream per SIG, where every item lies in exactly one', async () => {
    const { report, query } = await build('kubernetes-enhancements', LOG, (text) => stringify(streamPerTeam(parse(text))))
    expect(report).toContain('662 items')
    const [finished, streams] = await Promise.all([query('finished-items'), query('facets')])
    expect(finished).toHaveLength(290)
    const sigs = streams.filter((row) => row.dimension === 'stream')
    expect(sigs).toHaveLength(22)
    expect(sigs.reduce((sum, row) => sum + Number(row.item_count), 0)).toBe(662)
  })
})

describe.skipIf(!shared)('exports of other tools', () => {
  it.each([
    ['jira-agile-metrics', 'jira-agile-metrics_cycletime.csv', 18, 14, 2],
    ['lighthouse-ado', 'lighthouse_ado_query_export.csv', 90, 88, 27],
    ['flowmetricscsv', 'flowmetricscsv_ExampleFile.csv', 266, 261, 0],
  ])('%s', async (portfolio, file, items, finished, rejected) => {
    const { report, query } = await build(portfolio, `csv-exports/${file}`)
    expect(report).toContain(`${items} items`)
    expect(await query('finished-items')).toHaveLength(finished)
    if (rejected) expect(report).toContain(`${rejected} rows left out`)
    else expect(report).not.toContain('left out')
  })
})
