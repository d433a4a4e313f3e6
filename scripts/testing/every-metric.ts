import { expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import type { Engine } from '@/lib/engine/engine'
import type { RawParams } from '@/lib/metrics/params'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import type { Snapshot } from '@/lib/snapshot/store'
import { eachOf } from '@/lib/testing/cases'
import { combinationsOf } from '@/lib/testing/combinations'
import { streamgauge } from './child'
import { startRoutes } from './route-server'

export interface Whole {
  readonly snapshot: Snapshot
  readonly engine: Engine
  /** The data folder. */
  readonly data: string
}

/** Data may be in order, everything finished, nothing blocked, handed over or taken back. */
const MAY_BE_EMPTY = new Set(
  'aging-work aging-density items blocked handoffs rework rework-loops kpi-trend bottlenecks process-behaviour change data-quality'.split(
    ' ',
  ),
)

/** Declares, of a snapshot of some size: each metric answers for every rule, span, unit and grain. */
export function everyMetricAnswers(open: () => Whole): void {
  it.each(METRICS)('$name answers for every rule, span, unit and grain', async (metric) => {
    const { engine, snapshot } = open()
    const needed = await neededBy(metric.name, open())
    const asked = combinationsOf(metric, Boolean(process.env.LONG_RUN), needed)
    await eachOf(asked, 2, async (params) => {
      const { table, columns } = await runMetric({ engine, snapshot, metric: metric.name, params })
      const told = JSON.stringify(params)
      expect(
        table.columns.map((column) => [column.name, column.kind]),
        told,
      ).toEqual(Object.entries(columns).map(([name, spec]) => [name, spec.kind]))
      if (!MAY_BE_EMPTY.has(metric.name)) expect(table.rowCount, told).toBeGreaterThan(0)
    })
  })
}

/** Declares: the command line and HTTP say the same. Routes keep the data folder they began with, so once in a test file. */
export function everyMetricEverywhere(open: () => Whole): void {
  it('the command line and HTTP give equal rows of each metric', async () => {
    const { snapshot, data } = open()
    const before = process.env.STREAMGAUGE_DATA
    process.env.STREAMGAUGE_DATA = data
    const server = await startRoutes()
    try {
      await eachOf([...METRICS], 2, async ({ name }) => {
        const params = { from: middleOf(snapshot), ...(await neededBy(name, open())) } as Record<string, string>
        const words = Object.entries(params).flatMap(([param, value]) => [`--${param}`, value])
        const search = new URLSearchParams({ ...params, format: 'json' })
        const [response, printed] = await Promise.all([
          fetch(`${server.url}/api/snapshots/${snapshot.id}/metrics/${name}?${search}`),
          streamgauge(['query', name, ...words, '--format', 'json', '--data', data]),
        ])
        const rows = await response.text()
        expect(response.status, rows.slice(0, 500)).toBe(200)
        expect(printed.stdout === rows, `${name}: ${printed.stdout.slice(0, 200)} and ${rows.slice(0, 200)}`).toBe(true)
      })
    } finally {
      await server.close()
      if (before === undefined) delete process.env.STREAMGAUGE_DATA
      else process.env.STREAMGAUGE_DATA = before
    }
  })
}

function middleOf({ manifest }: Snapshot): string {
  return new Date(Math.floor((manifest.firstDay + manifest.lastDay) / 2) * 86_400_000).toISOString().slice(0, 10)
}

/** What a metric can't be asked without. */
async function neededBy(metric: string, { engine, snapshot }: Whole): Promise<RawParams> {
  if (metric !== 'item-life') return {}
  const [first] = toRows((await runMetric({ engine, snapshot, metric: 'items', params: { limit: '1' } })).table)
  return { item: String(first?.item_id), stream: String(first?.stream_id) }
}
