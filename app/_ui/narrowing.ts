import type { Format } from '@/lib/charts/format'
import { type Params, readScope, type Scope, type ScopeDimension } from '@/lib/client/scope'
import type { Portfolio } from '@/lib/model/portfolio'
import { dimensionName } from './scope/dimension-name'
import { periodText } from './scope/period-text'
import { labelOf } from './scope/use-facets'
import type { ScopeChange } from './use-scope'

/**
 * What a page's scope can say of the items behind a mark and does not say yet; undefined: nothing.
 * @param without dimensions that the page's own address says
 */
export function narrowingOf(params: Params, scope: Scope, without: readonly string[]): ScopeChange | undefined {
  const wanted = readScope(new URLSearchParams(params))
  const isNew = (name: ScopeDimension) => !without.includes(name) && !areEqual(wanted.dimensions[name], scope.dimensions[name])
  const names = (Object.keys(wanted.dimensions) as ScopeDimension[]).filter(isNew)
  const dimensions = Object.fromEntries(names.map((name) => [name, wanted.dimensions[name] ?? []]))
  const days = (['from', 'to'] as const).filter((name) => wanted[name] !== undefined && wanted[name] !== scope[name])
  if (!names.length && !days.length) return undefined
  return { dimensions, values: Object.fromEntries(days.map((name) => [name, wanted[name] ?? null])) }
}

function areEqual(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((value) => other.includes(value))
}

/** What a page would be narrowed to, in words: "Type bug · 1 Jul – 7 Jul 2024". */
export function narrowingText(
  { dimensions = {}, values = {} }: ScopeChange,
  scope: Scope,
  { portfolio, format }: { portfolio: Portfolio; format: Format },
): string {
  const slices = Object.entries(dimensions).map(
    ([name, list]) => `${dimensionName(name)} ${(list ?? []).map((value) => labelOf(name, value, portfolio)).join(', ')}`,
  )
  const days = { from: values.from ?? scope.from, to: values.to ?? scope.to }
  const hasDays = values.from !== undefined || values.to !== undefined
  return [...slices, ...(hasDays ? [periodText(days, format)] : [])].join(' · ')
}
