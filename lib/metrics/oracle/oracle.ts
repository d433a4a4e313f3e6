import { agingDensity } from './aging-density'
import { processBehaviour } from './behaviour'
import { blocked } from './blocked'
import { bottlenecks } from './bottlenecks'
import { change } from './change'
import { spanDensity } from './density'
import { facets, items } from './drill'
import { flowEfficiency } from './efficiency'
import { finishedItems } from './finished'
import { spanHistogram } from './histogram'
import type { OracleRow } from './history'
import { itemLife } from './item-life'
import { kpiTrend } from './kpi'
import { cumulativeFlow, occupancy } from './levels'
import { littlesLaw } from './little'
import { netFlow } from './net-flow'
import { spanPercentiles } from './percentiles'
import { predictability } from './predictability'
import { dataQuality } from './quality'
import { arrivals, throughput } from './rates'
import { handoffs, rework, reworkLoops } from './rework'
import { alignment, flowDistribution } from './shares'
import { stageTimes } from './stage-times'
import { valueStreamMap } from './stream-map'
import { survival } from './survival'
import { agingWork, pace, wip } from './work'
import type { World } from './world'

/** The naive definition of each metric by its name: plain loops over raw histories, sharing nothing with the engine's path. */
export const ORACLES: Readonly<Record<string, (world: World) => OracleRow[]>> = {
  'data-quality': dataQuality,
  change,
  'process-behaviour': processBehaviour,
  'stage-times': stageTimes,
  'value-stream-map': valueStreamMap,
  bottlenecks,
  'flow-efficiency': flowEfficiency,
  blocked,
  rework,
  'rework-loops': reworkLoops,
  handoffs,
  'cumulative-flow': cumulativeFlow,
  occupancy,
  'span-percentiles': spanPercentiles,
  'finished-items': finishedItems,
  'span-density': spanDensity,
  'span-histogram': spanHistogram,
  survival,
  throughput,
  arrivals,
  'net-flow': netFlow,
  'flow-distribution': flowDistribution,
  alignment,
  predictability,
  'littles-law': littlesLaw,
  wip,
  'aging-work': agingWork,
  'aging-density': agingDensity,
  pace,
  facets,
  items,
  'item-life': itemLife,
  'kpi-trend': kpiTrend,
}
