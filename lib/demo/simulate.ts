import { Rng } from '@/lib/stats/rng'
import { CompanyRun } from './company-run'
import { type DemoBatch, DemoLog } from './demo-log'
import { Measure } from './measure'
import { BASE_ITEMS, DEMO_FROM, DEMO_TO } from './story'
import { createTruth, type DemoTruth, type StationUse, stationUse } from './truth'
import { createClockwork } from './world'

const BATCH_ROWS = 50_000
/** Teams that carry a number of their own when the company is run many times. */
const MOST_SQUADS = 24
const ROUNDING = 0.02

export interface SimulationOptions {
  readonly seed: number
  /** About how many items the log holds. Less than 30,000 is a sample of one run, more is several runs. */
  readonly items?: number
  /** Rows of a batch. */
  readonly batchRows?: number
  /** Leaves the real improvement out, to measure by comparison what it did. */
  readonly withoutImprovement?: boolean
}

export type DemoSink = (batch: DemoBatch) => void | Promise<void>

/** Simulates the demo company and hands its log to the sink, batch by batch, each batch of one stream, items in the order of time. */
export async function simulate(options: SimulationOptions, sink: DemoSink): Promise<DemoTruth> {
  const items = options.items ?? BASE_ITEMS
  const runs = Math.max(1, Math.ceil(items / BASE_ITEMS - ROUNDING))
  const sample = Math.min(1, items / (runs * BASE_ITEMS))
  const clockwork = createClockwork(DEMO_FROM, DEMO_TO)
  const log = new DemoLog(options.batchRows ?? BATCH_ROWS)
  const measure = new Measure()
  const rng = Rng.of(options.seed)
  let use: StationUse[] = []
  for (let run = 0; run < runs; run++) {
    const { withoutImprovement = false } = options
    const company = new CompanyRun({
      clockwork,
      rng: rng.split('run', run),
      log,
      measure,
      squad: run % MOST_SQUADS,
      sample,
      withoutImprovement,
    })
    while (company.runUntilFull()) for (const batch of log.takeFull()) await sink(batch)
    if (run === 0) use = stationUse(company)
  }
  for (const batch of [...log.takeFull(), ...log.takeRest()]) await sink(batch)
  return createTruth({ seed: options.seed, items, measure, use })
}
