'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { Params } from '@/lib/client/scope'
import { GRAINS, type Grain } from '@/lib/model/unit'
import type { MetricArea, MetricForm } from './metric-form'

export const VIEWS = ['chart', 'multiples', 'heat', 'rows'] as const
export type View = (typeof VIEWS)[number]
const COMPARISONS = ['none', 'period', 'slice'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** One figure for the whole period, for metrics that have one. */
export const WHOLE = 'whole'
const OWN = 'own.'
const FIRST_METRIC = 'throughput'

const PARSERS = {
  metric: parseAsString.withDefault(FIRST_METRIC),
  split: parseAsString,
  y: parseAsString,
  grain: parseAsStringLiteral([...GRAINS, WHOLE]),
  view: parseAsStringLiteral(VIEWS).withDefault('chart'),
  versus: parseAsStringLiteral(COMPARISONS).withDefault('none'),
  /** The other period, `[vsFrom, vsTo)`. */
  vsFrom: parseAsString,
  vsTo: parseAsString,
  /** The other slice: a dimension with other values. */
  vsBy: parseAsString,
  vsValue: parseAsString,
}

/** Everything that is chosen on the page beside the scope; the address is its only home. */
export interface Explored {
  readonly form: MetricForm
  readonly split?: string
  readonly grain?: Grain
  readonly y?: string
  readonly view: View
  readonly versus: Comparison
  readonly other: { readonly from?: string; readonly to?: string; readonly by?: string; readonly value?: string }
  /** Parameters of the metric's own that were given. */
  readonly own: Params
  /** What the metric is asked, beside the scope. */
  readonly asked: Params
  /** A parameter that has to be given first. */
  readonly missing?: string
}

export type ExploreChange = Partial<Record<Exclude<keyof typeof PARSERS, 'metric'>, string | null>> & {
  readonly own?: Readonly<Record<string, string | null>>
}

export interface ExploreState {
  readonly explored: Explored
  readonly change: (change: ExploreChange) => void
  readonly choose: (metric: string) => void
}

/** The view in the address and how to change it. Each change is a step that the back button undoes. */
export function useExplore(areas: readonly MetricArea[]): ExploreState {
  const all = useMemo(() => areas.flatMap(({ metrics }) => metrics), [areas])
  const names = useMemo(() => [...new Set(all.flatMap(({ params }) => params.map(({ name }) => `${OWN}${name}`)))], [all])
  const parsers = useMemo(() => ({ ...PARSERS, ...Object.fromEntries(names.map((name) => [name, parseAsString])) }), [names])
  const [states, setStates] = useQueryStates(parsers, { history: 'push' })
  const set = setStates as (values: Record<string, string | null>) => Promise<unknown>
  const explored = useMemo(() => read(states as States, all), [states, all])
  const change = useCallback(
    ({ own = {}, ...values }: ExploreChange) => {
      const named = Object.entries(own).map(([name, value]) => [`${OWN}${name}`, value])
      void set({ ...values, ...Object.fromEntries(named) } as Record<string, string | null>)
    },
    [set],
  )
  const choose = useCallback(
    (metric: string) => {
      // What means something to one metric alone goes with it.
      const emptied = Object.fromEntries([...names, 'y', 'grain'].map((name) => [name, null]))
      void set({ ...emptied, metric: metric === FIRST_METRIC ? null : metric })
    },
    [set, names],
  )
  return { explored, change, choose }
}

type States = Readonly<Record<string, string | null>>

function read(states: States, all: readonly MetricForm[]): Explored {
  const form = all.find(({ name }) => name === states.metric) ?? all.find(({ name }) => name === FIRST_METRIC) ?? all[0]
  if (!form) throw new Error('there are no metrics')
  const given = form.params.flatMap(({ name }): [string, string][] => {
    const value = states[`${OWN}${name}`]
    return value ? [[name, value]] : []
  })
  const own = Object.fromEntries(given)
  const split = form.uses.includes('groupBy') && states.split ? states.split : undefined
  const grain = grainOf(form, states.grain ?? undefined)
  const grouped: Params = split === undefined ? {} : { groupBy: split }
  const perPeriod: Params = grain === undefined ? {} : { grain }
  return {
    form,
    split: split ?? states.split ?? undefined,
    grain,
    y: states.y ?? undefined,
    view: states.view as View,
    versus: states.versus as Comparison,
    other: {
      from: states.vsFrom ?? undefined,
      to: states.vsTo ?? undefined,
      by: states.vsBy ?? undefined,
      value: states.vsValue ?? undefined,
    },
    own,
    asked: { ...own, ...grouped, ...perPeriod },
    missing: form.params.find(({ name, required }) => required && own[name] === undefined)?.name,
  }
}

function grainOf(form: MetricForm, asked: string | undefined): Grain | undefined {
  if (!form.uses.includes('grain') || asked === WHOLE) return undefined
  const known = GRAINS.find((grain) => grain === asked)
  return known ?? (form.isWhole ? 'month' : form.columns.some(({ name }) => name === 'day_on') ? 'day' : 'week')
}
