import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeArrow } from '@/lib/engine/encode/arrow'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import type { Snapshot } from '@/lib/snapshot/store'
import { SnapshotStore } from '@/lib/snapshot/store'
import { type Measurement, measure } from './measurement'

const RUNS = 7

interface Asked {
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
}

/** Every metric over the whole portfolio, and what pages ask beside it; question to Arrow bytes, engine warm. */
export async function measureMetrics(data: string, snapshot: Snapshot): Promise<Measurement[]> {
  const engine = await openDuckdb({ readable: [new SnapshotStore(data).folder] })
  const measured: Measurement[] = []
  try {
    for (const asked of questions(snapshot)) {
      let rows = 0
      let bytes = 0
      const measurement = await measure(nameOf(asked), RUNS, async () => {
        const { table } = await runMetric({ engine, snapshot, ...asked })
        rows = table.rowCount
        bytes = encodeArrow(table).length
      })
      measured.push({ ...measurement, rows, arrow_kb: Math.round(bytes / 102.4) / 10 })
    }
  } finally {
    await engine.close()
  }
  return measured
}

function questions(snapshot: Snapshot): Asked[] {
  const stream = snapshot.manifest.portfolio.streams[0]?.id ?? ''
  const everything = METRICS.filter((metric) => metric.params.safeParse({}).success).map((metric) => ({ metric: metric.name, params: {} }))
  const sliced = ['cumulative-flow', 'wip', 'throughput', 'span-percentiles'].flatMap((metric) => [
    { metric, params: { stream } },
    { metric, params: { stream, groupBy: 'team' } },
    { metric, params: { type: 'feature', rule: 'ever' } },
  ])
  return [...everything, ...sliced]
}

function nameOf({ metric, params }: Asked): string {
  const asked = Object.entries(params).map(([name, value]) => `${name}=${value}`)
  return [metric, ...asked].join(' ')
}
