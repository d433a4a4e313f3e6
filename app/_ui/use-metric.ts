'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { MetricAnswer } from '@/lib/client/decode'
import type { RequestError } from '@/lib/client/problem-error'
import { metricQuery } from '@/lib/client/queries'
import type { Params } from '@/lib/client/scope'
import type { PanelState } from './panel'
import { useSnapshot } from './shell-context'
import { useScopedParams } from './use-scope'

export type MetricResult = UseQueryResult<MetricAnswer, RequestError>

interface MetricOptions {
  readonly enabled?: boolean
  /** true: only the as-of date holds, as for a KPI, whose slice and path to the target are its own. */
  readonly unscoped?: boolean
}

/** A metric of the page's snapshot and scope; `own` parameters lie over the scope's. */
export function useMetric(metric: string, own: Params, { enabled = true, unscoped = false }: MetricOptions = {}): MetricResult {
  const { snapshot } = useSnapshot()
  const params = useAskedParams(own, unscoped)
  return useQuery({ ...metricQuery(snapshot.id, metric, params), enabled })
}

/** What a metric of the page is asked: its own parameters over those of the scope. */
export function useAskedParams(own: Params, unscoped = false): Params {
  const scoped = useScopedParams({})
  const kept = unscoped ? Object.fromEntries(Object.entries(scoped).filter(([name]) => name === 'asOf')) : scoped
  return { ...kept, ...own }
}

/** State of a panel that needs all of these answers. */
export function panelState(...results: MetricResult[]): PanelState {
  return {
    isPending: results.some((result) => result.isPending),
    isStale: results.some((result) => result.isPlaceholderData),
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch()
    },
  }
}
