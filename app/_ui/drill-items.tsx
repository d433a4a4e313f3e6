'use client'

import type { Params } from '@/lib/client/scope'
import { ExplainButton } from './explain/explain-button'
import { ItemTable } from './item-table'
import { NarrowButton } from './narrow-button'
import { PanelEmpty, PanelError, PanelSkeleton } from './panel-states'
import { useShell } from './shell-context'
import { panelState, useMetric } from './use-metric'

const MOST = 1000
const HEIGHT = 480

interface DrillItemsProps {
  readonly title: string
  readonly params: Params
  /** The page shows only these from now on. */
  readonly onNarrowed: () => void
}

/** The items behind a mark, each a link to its life. */
export function DrillItems({ title, params, onNarrowed }: DrillItemsProps) {
  const { format } = useShell()
  const result = useMetric('items', { ...params, limit: String(MOST) })
  const state = panelState(result)
  if (state.error) return <PanelError error={state.error} height={HEIGHT} onRetry={state.retry} />
  if (!result.data) return <PanelSkeleton height={HEIGHT} />
  const { meta } = result.data
  const { columns } = result.data
  if (columns.rowCount === 0) {
    return (
      <PanelEmpty height={HEIGHT} empty={{ title: 'No items', text: 'Nothing stands behind this mark with the filters that are on.' }} />
    )
  }
  const all = columns.numbers('total_count')[0] ?? columns.rowCount
  return (
    <>
      <p>
        <span data-testid="drill-count">
          {all > MOST
            ? `The first ${format.number(MOST)} of ${format.count(all, 'item')}; narrow the scope to see the rest.`
            : format.count(columns.rowCount, 'item')}
        </span>{' '}
        <ExplainButton what={title} asked={{ metric: 'items', params }} /> <NarrowButton params={params} onNarrowed={onNarrowed} />
      </p>
      <ItemTable columns={columns} label="Items behind the mark" maxHeight={window.innerHeight - 160} />
      {meta.notes.map((note) => (
        <p key={note} style={{ fontSize: 12 }}>
          {note}
        </p>
      ))}
    </>
  )
}
