import { closest } from 'fastest-levenshtein'
import { Problem, showValue } from '../problem'
import type { Metric, Subject } from './define'
import { facets } from './drill/facets'
import { itemLife } from './drill/item-life'
import { items } from './drill/items'
import { agingDensity } from './flow/aging-density'
import { agingWork } from './flow/aging-work'
import { arrivals } from './flow/arrivals'
import { bottlenecks } from './flow/bottlenecks'
import { change } from './flow/change'
import { cumulativeFlow } from './flow/cumulative-flow'
import { finishedItems } from './flow/finished-items'
import { flowDistribution } from './flow/flow-distribution'
import { flowEfficiency } from './flow/flow-efficiency'
import { littlesLaw } from './flow/littles-law'
import { netFlow } from './flow/net-flow'
import { occupancy } from './flow/occupancy'
import { pace } from './flow/pace'
import { predictability } from './flow/predictability'
import { processBehaviour } from './flow/process-behaviour'
import { spanDensity } from './flow/span-density'
import { spanHistogram } from './flow/span-histogram'
import { spanPercentiles } from './flow/span-percentiles'
import { stageTimes } from './flow/stage-times'
import { survival } from './flow/survival'
import { throughput } from './flow/throughput'
import { valueStreamMap } from './flow/value-stream-map'
import { wip } from './flow/wip'
import { alignment } from './goals/alignment'
import { kpiTrend } from './goals/kpi-trend'
import { blocked } from './quality/blocked'
import { dataQuality } from './quality/data-quality'
import { handoffs } from './quality/handoffs'
import { rework } from './quality/rework'
import { reworkLoops } from './quality/rework-loops'

/** Metrics of one question, in the order of reading. */
interface MetricArea {
  readonly name: string
  readonly title: string
  readonly metrics: readonly Metric[]
}

/** Every metric there is, by the question that it answers; glossary, API, command line and tests read this list. */
export const METRIC_AREAS = [
  {
    name: 'time',
    title: 'How long it takes',
    metrics: [finishedItems, spanDensity, spanPercentiles, spanHistogram, survival, agingWork, agingDensity, pace],
  },
  {
    name: 'rate',
    title: 'How much gets through, and how much is under way',
    metrics: [throughput, arrivals, netFlow, wip, cumulativeFlow, occupancy],
  },
  {
    name: 'place',
    title: 'Where the time goes',
    metrics: [stageTimes, valueStreamMap, bottlenecks, flowEfficiency, blocked, rework, reworkLoops, handoffs],
  },
  { name: 'purpose', title: 'What the work is for', metrics: [flowDistribution, alignment, kpiTrend] },
  { name: 'change', title: 'How steady it is, and what changed', metrics: [predictability, littlesLaw, processBehaviour, change] },
  { name: 'data', title: 'The items and the data themselves', metrics: [dataQuality, facets, items, itemLife] },
] as unknown as readonly MetricArea[]

export const METRICS: readonly Metric[] = METRIC_AREAS.flatMap((area) => area.metrics)

const BY_NAME = new Map(METRICS.map((metric) => [metric.name, metric]))

/** @throws Problem `unknown-metric` with status 404 */
export function findMetric(name: string): Metric {
  const metric = BY_NAME.get(name)
  if (metric) return metric
  const names = [...BY_NAME.keys()]
  throw new Problem('unknown-metric', 'There is no such metric', {
    status: 404,
    faults: [{ where: 'metric', message: `did you mean "${closest(name.slice(0, 80), names)}"?`, value: showValue(name), allowed: names }],
  })
}

/** What the items of a metric are under its own parameters, which decides its slice rule (definitions §12). */
export function subjectInForce(metric: Metric, params: Readonly<Record<string, unknown>>): Subject {
  return metric.subjectOf?.(params, (name) => BY_NAME.get(name)?.subject) ?? metric.subject
}
