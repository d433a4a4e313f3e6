import { NO_VALUE } from '../../model/dimension'
import { scopeKey } from '../../model/scope'
import { formatDay } from '../../time/day'
import type { MetricContext } from '../define'

/** The scope and window in force, as parameters for another metric. */
export function scopeOf(context: MetricContext): Record<string, string | readonly string[]> {
  const { params, window } = context
  const dimensions = [...params.dimensions].map(([name, values]) => [scopeKey(name), values.map((value) => value ?? NO_VALUE)] as const)
  return {
    ...Object.fromEntries(dimensions),
    ...(params.stream.length ? { stream: params.stream } : {}),
    from: formatDay(window.from),
    // A window that ends before it begins, because the as-of day cuts it, is an empty one.
    to: formatDay(Math.max(window.from, window.to)),
    asOf: formatDay(window.asOf),
    ...(params.rule === undefined ? {} : { rule: params.rule }),
  }
}
