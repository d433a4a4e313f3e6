'use client'

import { useMemo } from 'react'
import type { AskedMetric } from '../_ui/explain/question'
import { useSnapshot } from '../_ui/shell-context'
import { type MetricResult, useMetric } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'
import { type Served, servedBy } from './goal-flow-figures'

const BY_YEAR = { groupBy: 'goal', grain: 'year' }

export const SERVED_ASKED: AskedMetric = {
  metric: 'throughput',
  params: BY_YEAR,
  label: 'Share that is aligned',
  about: 'Items with a goal divided by all items, over all periods shown.',
}

/** What serves each goal in the page's scope and period. */
export function useGoalFlow(): { served: Served | undefined; results: readonly MetricResult[] } {
  const { portfolio } = useSnapshot()
  const { scope } = useScope()
  const enabled = portfolio.goals.length > 0
  const throughput = useMetric('throughput', BY_YEAR, { enabled })
  const wip = useMetric('wip', BY_YEAR, { enabled })
  const filter = scope.dimensions.goal
  const served = useMemo(
    () =>
      throughput.data && wip.data
        ? servedBy({ throughput: throughput.data.columns, wip: wip.data.columns }, portfolio.goals, filter)
        : undefined,
    [throughput.data, wip.data, portfolio.goals, filter],
  )
  return { served, results: [throughput, wip] }
}
