import { facets, items } from './drill'
import { finishedItems } from './finished'
import type { OracleRow } from './history'
import { cumulativeFlow, occupancy } from './levels'
import { spanPercentiles } from './percentiles'
import { arrivals, throughput } from './rates'
import { agingWork, pace, wip } from './work'
import type { World } from './world'

/** The naive definition of each metric by its name: plain loops over raw histories, sharing nothing with the engine's path. */
export const ORACLES: Readonly<Record<string, (world: World) => OracleRow[]>> = {
  'cumulative-flow': cumulativeFlow,
  occupancy,
  'span-percentiles': spanPercentiles,
  'finished-items': finishedItems,
  throughput,
  arrivals,
  wip,
  'aging-work': agingWork,
  pace,
  facets,
  items,
}
