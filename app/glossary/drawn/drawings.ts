import { agingDensity } from './aging'
import type { Drawing } from './drawing'
import { agingWork, finishedItems, pace, survival } from './lengths'
import { cumulativeFlow, occupancy } from './levels'
import { blocked, bottlenecks, flowEfficiency, handoffs, rework, reworkLoops, stageTimes } from './places'
import { alignment, flowDistribution, kpiTrend } from './purpose'
import { arrivals, netFlow, throughput, wip } from './rates'
import { dataQuality, facets, itemLife, items } from './records'
import { change, processBehaviour } from './signals'
import { spanDensity, spanHistogram, spanPercentiles } from './spread'
import { littlesLaw, predictability } from './steadiness'
import { valueStreamMap } from './stream-map'

/** Name of a metric → its drawn example. A test holds the names to the registry. */
export const DRAWINGS: ReadonlyMap<string, Drawing> = new Map(
  Object.entries({
    ...{
      'finished-items': finishedItems,
      'span-density': spanDensity,
      'span-percentiles': spanPercentiles,
      'span-histogram': spanHistogram,
    },
    ...{ survival, 'aging-work': agingWork, 'aging-density': agingDensity, pace },
    ...{ throughput, arrivals, 'net-flow': netFlow, wip, 'cumulative-flow': cumulativeFlow, occupancy },
    ...{ 'stage-times': stageTimes, 'value-stream-map': valueStreamMap, bottlenecks, 'flow-efficiency': flowEfficiency },
    ...{ blocked, rework, 'rework-loops': reworkLoops, handoffs },
    ...{ 'flow-distribution': flowDistribution, alignment, 'kpi-trend': kpiTrend },
    ...{ predictability, 'littles-law': littlesLaw, 'process-behaviour': processBehaviour, change },
    ...{ 'data-quality': dataQuality, facets, items, 'item-life': itemLife },
  }),
)
