import type { CORE_DIMENSIONS } from '@/lib/model/dimension'
import { isScopeKey, joinList, splitList } from '@/lib/model/scope'
import { type GRAINS, POLICIES, type Policy, SLICE_RULES, type SliceRule, type Unit } from '@/lib/model/unit'
import { parseDay } from '@/lib/time/day'

export type GrainName = (typeof GRAINS)[number]

/** Dimensions of an address that take several values: `stream`, the core ones, `dim.<name>`. */
export type ScopeDimension = 'stream' | (typeof CORE_DIMENSIONS)[number] | `dim.${string}`

/** What the page looks at. The address is its only home; absent means: not narrowed. */
export interface Scope {
  readonly dimensions: Readonly<Partial<Record<ScopeDimension, readonly string[]>>>
  /** YYYY-MM-DD, `[from, to)`. */
  readonly from?: string
  readonly to?: string
  readonly asOf?: string
  readonly rule?: SliceRule
  /** A preset, or one that streams name themselves. */
  readonly span?: string
  readonly unit?: Unit
  readonly grain?: GrainName
  readonly policy?: Policy
}

/** Units that the pages offer so far; working days follow with the calendars. */
const SHOWN_UNITS = ['days', 'elapsed'] as const

/** Parameters as a metric's address takes them: lists comma-separated. */
export type Params = Readonly<Record<string, string>>

const CHOICES = { rule: SLICE_RULES, unit: SHOWN_UNITS, policy: POLICIES } as const
const SPAN = /^[a-z][a-z0-9_]{0,39}$/
const DAYS = ['from', 'to', 'asOf'] as const

/** Address → scope. What it can't mean is left out: a shared link with a slip still opens. */
export function readScope(search: URLSearchParams): Scope {
  const dimensions: Partial<Record<ScopeDimension, readonly string[]>> = {}
  for (const [name, text] of search) {
    const values = [...new Set(splitList(text))]
    if (isScopeDimension(name) && values.length > 0) dimensions[name] = values
  }
  const scope: Record<string, unknown> = { dimensions }
  for (const name of DAYS) {
    const day = search.get(name)
    if (day !== null && parseDay(day) !== undefined) scope[name] = day
  }
  const span = search.get('span') ?? ''
  if (SPAN.test(span)) scope.span = span
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = search.get(name)
    if (value !== null && (allowed as readonly string[]).includes(value)) scope[name] = value
  }
  return scope as unknown as Scope
}

/** Scope → parameters, in a fixed order, so that equal scopes give equal keys and addresses. */
export function scopeParams(scope: Scope): Params {
  const params: Record<string, string> = {}
  const dimensions = Object.keys(scope.dimensions).sort() as ScopeDimension[]
  for (const name of dimensions) {
    const values = scope.dimensions[name]
    if (values?.length) params[name] = joinList(values)
  }
  for (const name of [...DAYS, 'rule', 'span', 'unit', 'policy'] as const) {
    const value = scope[name]
    if (value !== undefined) params[name] = value
  }
  return params
}

/** Parameters → query text, list commas left readable. */
export function searchText(params: Params): string {
  return Object.keys(params)
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(params[name] ?? '').replaceAll('%2C', ',')}`)
    .join('&')
}

function isScopeDimension(name: string): name is ScopeDimension {
  return isScopeKey(name)
}
