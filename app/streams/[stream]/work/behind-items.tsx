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

interface BehindItemsProps {
  readonly streamId: string
  readonly metric: 'blocked' | 'handoffs'
  readonly what: string
}

/** The items that a figure adds up, a page at a time. */
export function BehindItems({ streamId, metric, what }: BehindItemsProps) {
  const { snapshot, format } = useSnapshot()
  const [offset, setOffset] = useState(0)
  const own = { stream: streamId }
  const params = useAskedParams(own)
  const result = useQuery(explainQuery(snapshot.id, metric, { ...params, limit: String(PAGE), offset: String(offset) }))
  if (result.error) return <PanelError error={result.error} height={HEIGHT} onRetry={() => void result.refetch()} />
  if (!result.data) return <PanelSkeleton height={HEIGHT} />
  const items = result.data.items
  if (!items || items.total === 0) {
    return <PanelEmpty height={HEIGHT} empty={{ title: 'No items', text: 'Nothing stands behind this with the filters that are on.' }} />
  }
  return (
    <div aria-busy={result.isPlaceholderData}>
      <p>
        <span data-testid="work-count">{format.count(items.total, 'item')}</span>, each once.{' '}
        <ExplainButton what={what} asked={{ metric, params: own }} />
      </p>
      <ItemRows rows={items.rows} isStale={result.isPlaceholderData} />
      <Pager label="Pages of items" offset={offset} size={PAGE} total={items.total} onPage={setOffset} />
    </div>
  )
}
