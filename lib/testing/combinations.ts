import type { Metric } from '@/lib/metrics/define'
import { describeMetric } from '@/lib/metrics/describe'
import type { RawParams } from '@/lib/metrics/params'
import { GRAINS, POLICIES, SLICE_RULES, SPANS, UNITS } from '@/lib/model/unit'

/** Values of the shared parameters that a metric may use; undefined: its default. */
const SHARED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  rule: SLICE_RULES,
  span: SPANS,
  unit: UNITS,
  grain: [undefined, ...GRAINS],
}

/**
 * Questions about a whole portfolio: every combination of rule, span, unit and grain that the metric uses, its policies, groups
 * and own parameters taken in turn. In a usual run the three of rule, span and unit, with the grains in turn.
 */
export function combinationsOf(metric: Metric, isWhole: boolean, needed: RawParams = {}): RawParams[] {
  const used = Object.keys(SHARED).filter((name) => metric.uses.some((one) => one === name))
  const taken = isWhole ? used : used.filter((name) => name !== 'grain')
  let all: RawParams[] = [{}]
  for (const name of taken) all = all.flatMap((params) => (SHARED[name] ?? []).map((value) => ({ ...params, [name]: value })))
  return all.map((params, turn) => ({ ...inTurn(metric, turn), ...params, ...policyOf(metric, params, turn), ...needed }))
}

function inTurn(metric: Metric, turn: number): RawParams {
  const own = describeMetric(metric).params.filter(({ name, allowed }) => allowed && name in metric.params.shape)
  const grain = metric.uses.includes('grain') ? { grain: pick(SHARED.grain ?? [], turn) } : {}
  const group = metric.uses.includes('groupBy') ? { groupBy: pick([undefined, 'stream', 'team', 'type'], turn) } : {}
  return { ...grain, ...group, ...Object.fromEntries(own.map(({ name, allowed }) => [name, pick([undefined, ...(allowed ?? [])], turn)])) }
}

/** A sum of visits has no inclusive days, so it is asked for where the unit lets it. */
function policyOf(metric: Metric, { unit }: RawParams, turn: number): RawParams {
  if (!metric.uses.includes('policy')) return {}
  const policies = metric.uses.includes('unit') && unit !== 'elapsed' ? POLICIES.filter((policy) => policy !== 'sum_of_visits') : POLICIES
  return { policy: pick(policies, turn) }
}

function pick<T>(values: readonly T[], turn: number): T | undefined {
  return values[turn % values.length]
}
