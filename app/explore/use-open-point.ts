'use client'

import { useRouter } from 'next/navigation'
import type { ChartPoint } from '@/lib/charts/context'
import type { ExploreInput } from '@/lib/charts/explore'
import { narrowed } from '@/lib/charts/explore-drill'
import { useExplain } from '../_ui/explain/explain-provider'
import { itemHref } from '../_ui/item-link'
import { useSnapshot } from '../_ui/shell-context'
import { useAskedParams } from '../_ui/use-metric'
import type { MetricForm } from './metric-form'
import type { Explored } from './use-explore'
import type { Side } from './use-side'

/** What stands behind a mark: an item's page, or how the number came about with the items that it counts. */
export function useOpenPoint({ name, title }: MetricForm, { params, seen }: Side, { split }: Explored) {
  const explain = useExplain()
  const router = useRouter()
  const { format } = useSnapshot()
  const { from, to } = useAskedParams(params)
  return (point: ChartPoint, input: ExploreInput) => {
    const found = narrowed(input, point, { split, from, to, format })
    if (!found || !seen) return
    const [stream, item] = ['stream_id', 'item_id'].map((column) => seen.columns.has(column) && seen.columns.texts(column)[found.row ?? -1])
    if (input.shape.hasItems) {
      if (stream && item) router.push(itemHref(stream, item))
      return
    }
    const { groupBy: _, ...kept } = params
    explain.open({ title: `${title}, ${found.title}`, asked: [{ metric: name, params: { ...kept, ...found.params } }] })
  }
}
