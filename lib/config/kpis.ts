import type { FlowKpi, Kpi } from '@/lib/model/kpi'
import { UNITS } from '@/lib/model/unit'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import type { Names, PortfolioOptions } from './reading'
import { refuseDuplicateIds } from './reading'
import type { KpiInput } from './schema'
import { kpiInput } from './schema'
import { readScope } from './scope'
import { readSeries } from './series'

/** Keys that say how a flow metric is asked. */
const FLOW_KEYS = ['span', 'percentile', 'grain', 'policy', 'rule', 'scope'] as const

/** The metric with several values per period, of which a KPI means one. */
const MANY_VALUED = 'span-percentiles'

/** KPIs in the order of the file: each has a goal and either a metric or a series. */
export function readKpis(faults: FaultList, entries: readonly unknown[], path: Path, names: Names, options: PortfolioOptions): Kpi[] {
  refuseDuplicateIds(faults, entries, path)
  return entries.flatMap((value, index) => {
    const at = [...path, index]
    const input = check(faults, { value, schema: kpiInput, path: at })
    const kpi = input && readKpi(faults, input, at, names, options)
    return kpi ? [kpi] : []
  })
}

function readKpi(faults: FaultList, input: KpiInput, path: Path, names: Names, options: PortfolioOptions): Kpi | undefined {
  if (!names.goals.includes(input.goal)) {
    const message = names.goals.length ? 'names no goal' : 'names no goal: the file has none; add one under goals'
    faults.add([...path, 'goal'], message, { value: input.goal, names: names.goals })
  }
  checkTarget(faults, input, path)
  if (input.metric !== undefined && input.series !== undefined) {
    faults.add([...path, 'series'], 'a KPI is measured by a metric or by a series, not by both', { value: input.series })
  }
  if (input.metric !== undefined) return flowKpi(faults, input, input.metric, path, names, options.metricNames)
  for (const key of FLOW_KEYS) {
    if (input[key] !== undefined) faults.add([...path, key], 'belongs to a KPI with a metric', { value: input[key] })
  }
  if (input.series === undefined) {
    faults.add(path, 'needs a metric (measured from the flow) or a series (a file of dated values)')
    return undefined
  }
  const series = readSeries(faults, input.series, [...path, 'series'], options.readText)
  return { kind: 'series', ...shared(input), series }
}

function flowKpi(
  faults: FaultList,
  input: KpiInput,
  metric: string,
  path: Path,
  names: Names,
  metricNames: readonly string[] | undefined,
): FlowKpi {
  if (metricNames && !metricNames.includes(metric))
    faults.add([...path, 'metric'], 'there is no such metric', { value: metric, names: metricNames })
  const { span, percentile, grain, policy, rule, unit } = input
  if (span !== undefined && !names.spans.includes(span))
    faults.add([...path, 'span'], 'is not one of the allowed values', { value: span, names: names.spans })
  if (metric === MANY_VALUED && percentile === undefined) {
    faults.add([...path, 'percentile'], `is required with ${MANY_VALUED}, which has one value per percentile`)
  }
  const plain = { span, grain, unit: UNITS.find((name) => name === unit), policy, rule }
  const params = Object.entries(plain).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return {
    kind: 'flow',
    ...shared(input),
    metric,
    params: {
      ...Object.fromEntries(params),
      ...(percentile === undefined ? {} : { percentiles: [String(percentile)] }),
      ...readScope(faults, input.scope ?? {}, [...path, 'scope'], names),
    },
  }
}

function shared({ id, goal, area, name, unit, direction, baseline, target, tolerance, due }: KpiInput) {
  return {
    id,
    goal,
    area,
    name: name ?? id,
    unit,
    direction,
    ...(baseline === undefined ? {} : { baseline }),
    target,
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(due === undefined ? {} : { due }),
  }
}

/** Direction, baseline, target and tolerance must tell one story. */
function checkTarget(faults: FaultList, { direction, baseline, target, tolerance }: KpiInput, path: Path): void {
  if (baseline !== undefined && direction === 'lower' && target > baseline) {
    faults.add([...path, 'target'], `lies above the baseline ${baseline}, but direction says lower is better`, { value: target })
  }
  if (baseline !== undefined && direction === 'higher' && target < baseline) {
    faults.add([...path, 'target'], `lies below the baseline ${baseline}, but direction says higher is better`, { value: target })
  }
  if (direction === 'within' && tolerance === undefined) faults.add([...path, 'tolerance'], 'is required when direction is within')
  if (direction !== 'within' && tolerance !== undefined) {
    faults.add([...path, 'tolerance'], `has no meaning when direction is ${direction}`, { value: tolerance })
  }
  if (tolerance !== undefined && tolerance < 0) faults.add([...path, 'tolerance'], 'must not be negative', { value: tolerance })
}
