import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellAt } from '@/lib/engine/columns'
import type { Dialect } from '@/lib/engine/dialect'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { Engine } from '@/lib/engine/engine'
import { join, sql } from '@/lib/engine/sql'
import type { Metric } from '@/lib/metrics/define'
import { describeMetric } from '@/lib/metrics/describe'
import { type RawParams, SHARED_SHAPE } from '@/lib/metrics/params'
import { refusals, type TableColumns } from '@/lib/testing/portability/portable-sql'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { GRAINS, POLICIES, SLICE_RULES, SPANS, UNITS } from '@/lib/model/unit'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { eachOf } from '@/lib/testing/cases'
import { smallHistory, smallStream } from '@/lib/testing/small'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'

const FILTERS: readonly RawParams[] = [{}, { stream: 'delivery' }, { team: 'Red,(none)' }, { goal: 'faster', type: 'feature' }, { stream: 'nobody-else', priority: '(none)' }]
const GROUPS = [undefined, 'stream', 'team', 'type'] as const
/** What a metric has to be told. */
const NEEDED: Readonly<Record<string, RawParams>> = { 'item-life': { item: 'D' } }

/** A question of every rule, slice and group, the other parameters taken in turn. */
function questionsTo(metric: Metric): RawParams[] {
  const own = describeMetric(metric).params.flatMap(({ name, allowed }) => (name in metric.params.shape && allowed ? [[name, allowed] as const] : []))
  const asked: RawParams[] = []
  for (const rule of SLICE_RULES) {
    for (const filter of FILTERS.slice(0, 4)) {
      for (const groupBy of metric.uses.includes('groupBy') ? GROUPS : [undefined]) {
        const turn = asked.length
        const pick = <T>(values: readonly T[]) => values[turn % values.length]
        const policy = pick(POLICIES)
        const shared = { span: pick(SPANS), policy, unit: policy === 'sum_of_visits' ? 'elapsed' : pick(UNITS), grain: pick([undefined, ...GRAINS]) }
        const window = pick([{}, { from: '2024-03-20', to: '2024-03-29' }, { from: '2024-03-25', to: '2024-03-25' }, { asOf: '2024-03-26' }])
        const used = Object.fromEntries(Object.entries(shared).filter(([name]) => metric.uses.some((one) => one === name)))
        const ownParams = Object.fromEntries(own.map(([name, values]) => [name, pick(values)]))
        asked.push({ rule, groupBy, ...used, ...window, ...filter, ...ownParams, ...NEEDED[metric.name] })
      }
    }
  }
  return asked
}

/** Renders what differs between engines in the portable form, so that whatever is left comes from a metric. */
function portable(engine: Engine): Engine {
  const dialect: Dialect = {
    ...engine.dialect,
    text: (_snapshotId, _column, text) => sql`${text}`,
    argMax: (value, by) => sql`max_by(${value}, ${by})`,
    series: (first, last) => sql`(SELECT CAST(generate_series AS INTEGER) AS n FROM generate_series(${first}, ${last}))`,
    integers: (values) => sql`(SELECT n FROM (VALUES ${join((values.length ? values : [null]).map((value) => sql`(${value})`))}) AS listed(n))`,
  }
  return { dialect, attach: (snapshot) => engine.attach(snapshot), query: (text, options) => engine.query(text, options), close: async () => undefined }
}

describe('every metric of the registry', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamgauge-registry-'))
  let tiny: { engine: Engine; snapshot: Snapshot }
  let empty: BuiltHistory
  let tables: TableColumns

  beforeAll(async () => {
    const store = new SnapshotStore(folder)
    await makeSnapshot(fileURLToPath(new URL('portfolio.yaml', import.meta.url)), store, { progress: () => undefined })
    tiny = { snapshot: await store.current(), engine: await openDuckdb({ readable: [folder] }) }
    empty = await buildHistory(smallHistory(smallStream('delivery', [])))
    const { engine, snapshot } = tiny
    await engine.attach(snapshot)
    const columns = [...snapshot.tables.keys()].map(async (name) => {
      const { columns } = await engine.query(sql`SELECT * FROM ${engine.dialect.table(snapshot.id, name)} LIMIT 0`)
      return [name, new Set(columns.map((column) => column.name))] as const
    })
    tables = new Map(await Promise.all(columns))
  })
  afterAll(async () => {
    await Promise.all([tiny.engine.close(), empty.close()])
    await rm(folder, { recursive: true, force: true })
  })

  it.each(METRICS.map((metric) => metric.name))('%s binds for every rule, slice, group, span, unit and grain, in portable SQL, with its columns', async (name) => {
    const metric = metricNamed(name)
    const statements = new Set<string>()
    const engine = portable(tiny.engine)
    await eachOf(questionsTo(metric), 4, async (params) => {
      const observe = (run: { query: Parameters<Engine['query']>[0] }) => statements.add(engine.dialect.render(run.query).text)
      const answer = await runMetric({ engine, snapshot: tiny.snapshot, metric: name, params, observe })
      const where = JSON.stringify(params)
      expect(answer.table.columns.map((column) => [column.name, column.kind]), where).toEqual(
        Object.entries(answer.columns).map(([column, spec]) => [column, spec.kind]),
      )
      for (const column of answer.table.columns) {
        expect(metric.columns[column.name], column.name).toBeDefined()
        if (metric.columns[column.name]?.nullable || answer.table.rowCount === 0) continue
        for (let row = 0; row < answer.table.rowCount; row++) expect(cellAt(column, row), `${column.name} of ${where}`).not.toBeNull()
      }
    })
    expect(statements.size).toBeGreaterThan(0)
    const found = new Set([...statements].flatMap((statement) => refusals(statement, tables).map((one) => `${one.construct}: ${one.reason} (${one.text})`)))
    expect([...found]).toEqual([])
  })

  it.each(METRICS.map((metric) => metric.name))('%s answers about a snapshot without a single item', async (name) => {
    for (const params of questionsTo(metricNamed(name)).slice(0, 5)) {
      const { table } = await runMetric({ engine: empty.engine, snapshot: empty.snapshot, metric: name, params })
      expect(table.columns.length).toBeGreaterThan(0)
    }
  })

  it.each(METRICS)('$name says all that the glossary shows', (metric) => {
    expect(metric.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    for (const text of [metric.title, metric.unit, metric.doc, metric.source]) expect(text.length).toBeGreaterThan(2)
    expect(metric.doc.length).toBeGreaterThan(40)
    for (const [name, { meaning }] of Object.entries(metric.columns)) expect([name, /^[a-z]\w*$/.test(name), meaning.length > 2]).toEqual([name, true, true])
    for (const [name, shape] of Object.entries(metric.params.shape)) {
      expect(Object.keys(SHARED_SHAPE), name).not.toContain(name)
      expect((shape as { description?: string }).description?.length ?? 0, name).toBeGreaterThan(5)
    }
    expect(metric.uses.filter((one) => !(one in SHARED_SHAPE))).toEqual([])
  })
})

function metricNamed(name: string): Metric {
  const metric = METRICS.find((one) => one.name === name)
  if (!metric) throw new TypeError(name)
  return metric
}
