'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { type AgingWorkInput, agingWork, pickAgingItem } from '@/lib/charts/aging-work'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { agingVerdict } from '@/lib/charts/verdicts'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { itemHref } from '../../../_ui/item-link'
import { ItemTable } from '../../../_ui/item-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { AGING_HEIGHT } from './aging-height'
import { AgingLegend } from './aging-legend'
import { usePanelFacts } from './panel-facts'

export function AgingPanel({ stream, height = AGING_HEIGHT }: { stream: ValueStream; height?: number }) {
  const own = { stream: stream.id }
  const items = useMetric('aging-work', own)
  const pace = useMetric('pace', own)
  const { format } = useSnapshot()
  const sle = expectationOf(stream, useScope().scope.span)
  const router = useRouter()
  const { rule } = usePanelFacts(items.data)
  const columns = items.data?.columns
  const input = useMemo<AgingWorkInput | undefined>(
    () => columns && { columns, pace: pace.data?.columns, stages: stream.stages, sle },
    [columns, pace.data, stream, sle],
  )
  const build = useCallback((context: ChartContext) => (input ? agingWork(input, context) : {}), [input])
  const onPoint = (point: ChartPoint) => {
    const picked = pickAgingItem(point)
    if (picked && columns) router.push(itemHref(columns.texts('stream_id')[picked.row] ?? '', columns.texts('item_id')[picked.row] ?? ''))
  }
  const n = columns?.rowCount ?? 0
  const verdict = columns && agingVerdict(columns, format)
  return (
    <Panel
      id="aging-work"
      title="Age of unfinished items"
      facts={['days since the start, today’s included', format.count(n, 'item'), 'as of the end of the period', rule]}
      verdict={verdict}
      state={panelState(items, pace)}
      asked={[
        { metric: 'aging-work', params: own, label: 'Ages' },
        { metric: 'pace', params: own, label: 'Bands of pace' },
      ]}
      height={height}
      empty={n === 0 ? NOTHING : undefined}
      legend={<AgingLegend hasSle={sle !== undefined} />}
      table={() => columns && <ItemTable columns={columns} label="Unfinished items" maxHeight={320} />}
    >
      <Chart
        label={`Unfinished items of ${stream.name} by stage and age. ${verdict ?? ''}`}
        height={height}
        build={build}
        onPoint={onPoint}
      />
    </Panel>
  )
}

const NOTHING = {
  title: 'Nothing is under way in this scope',
  text: 'Each started, unfinished item would be a dot in the column of its stage, as high as it is old. Take filters away, or look at a past date with “As of”.',
}
