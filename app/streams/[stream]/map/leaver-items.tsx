'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explainQuery } from '@/lib/client/explain'
import { ExplainButton } from '../../../_ui/explain/explain-button'
import { ItemRows } from '../../../_ui/explain/item-rows'
import { Pager } from '../../../_ui/pager'
import { PanelEmpty, PanelError, PanelSkeleton } from '../../../_ui/panel-states'
import { useSnapshot } from '../../../_ui/shell-context'
import { useAskedParams } from '../../../_ui/use-metric'

const HEIGHT = 480
const PAGE = 50
const METRIC = 'value-stream-map'

interface LeaverItemsProps {
  readonly streamId: string
  readonly stageId: string
  readonly name: string
}

/** The items that left a stage in the period, a page at a time: those whose stays the map adds up. */
export function LeaverItems({ streamId, stageId, name }: LeaverItemsProps) {
  const { snapshot, format } = useSnapshot()
  const [offset, setOffset] = useState(0)
  const own = { stream: streamId, stageId }
  const params = useAskedParams(own)
  const result = useQuery(explainQuery(snapshot.id, METRIC, { ...params, limit: String(PAGE), offset: String(offset) }))
  if (result.error) return <PanelError error={result.error} height={HEIGHT} onRetry={() => void result.refetch()} />
  if (!result.data) return <PanelSkeleton height={HEIGHT} />
  const items = result.data.items
  if (!items || items.total === 0) {
    return (
      <PanelEmpty height={HEIGHT} empty={{ title: 'No items', text: `Nothing left ${name} in the period with the filters that are on.` }} />
    )
  }
  return (
    <div aria-busy={result.isPlaceholderData}>
      <p>
        <span data-testid="map-count">{format.count(items.total, 'item')}</span> left {name} in the period.{' '}
        <ExplainButton what={`Left ${name}`} asked={{ metric: METRIC, params: own }} />
      </p>
      <ItemRows rows={items.rows} isStale={result.isPlaceholderData} />
      <Pager label="Pages of items" offset={offset} size={PAGE} total={items.total} onPage={setOffset} />
    </div>
  )
}
