'use client'

import { useQuery } from '@tanstack/react-query'
import { metricQuery } from '@/lib/client/queries'
import { type Params, type ScopeDimension, scopeParams } from '@/lib/client/scope'
import { NO_VALUE } from '@/lib/model/dimension'
import type { Portfolio } from '@/lib/model/portfolio'
import { useSnapshot } from '../shell-context'
import { useScope } from '../use-scope'

export interface Facet {
  readonly value: string
  readonly label: string
  readonly count: number
}

/** Values of a dimension with the number of items that the rest of the scope leaves (its own filter aside); most first. */
export function useFacets(dimension: ScopeDimension, within: Params) {
  const { snapshot, portfolio } = useSnapshot()
  const { scope } = useScope()
  return useQuery({
    ...metricQuery(snapshot.id, 'facets', { ...scopeParams(scope), ...within }),
    select: ({ columns }): Facet[] => {
      const [dimensions, values, counts] = [columns.texts('dimension'), columns.texts('value'), columns.numbers('item_count')]
      const wanted = dimension.replace(/^dim\./, '')
      return values
        .map((value, row) => ({ value: value || NO_VALUE, count: counts[row] ?? 0, of: dimensions[row] }))
        .filter((facet) => facet.of === wanted)
        .map(({ value, count }) => ({ value, count, label: labelOf(dimension, value, portfolio) }))
        .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label))
    },
  })
}

/** Streams and goals are known by id and called by name. */
export function labelOf(dimension: string, value: string, { streams, goals }: Portfolio): string {
  if (value === NO_VALUE) return 'None'
  if (dimension === 'stream') return streams.find(({ id }) => id === value)?.name ?? value
  if (dimension === 'goal') return goals.find(({ id }) => id === value)?.name ?? value
  return value
}
