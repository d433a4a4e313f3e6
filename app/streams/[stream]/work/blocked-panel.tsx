'use client'

import { useCallback, useMemo } from 'react'
import { type BlockedReason, blockedBars, blockedReasons, blockedVerdict, MOST_REASONS } from '@/lib/charts/blocked-work'
import type { ChartContext } from '@/lib/charts/context'
import type { Format } from '@/lib/charts/format'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from '../_panels/panel-facts'
import { BlockedNow } from './blocked-now'
import { MOST_BLOCKED } from './use-open-blocks'
import { useWorkDrawer } from './use-work-drawer'

const HEIGHT = 240
const BAR = 32

/** Time lost to blocks by reason, and what is blocked now. */
export function BlockedPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const yearly = { ...own, grain: 'year' }
  const now = { ...own, status: 'in_progress', blocked: 'yes', limit: String(MOST_BLOCKED) }
  const [result, standing] = [useMetric('blocked', yearly), useMetric('items', now)]
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const { openItems } = useWorkDrawer()
  const columns = result.data?.columns
  const reasons = useMemo(() => (columns ? blockedReasons(columns) : []), [columns])
  const build = useCallback((context: ChartContext) => blockedBars(reasons, context), [reasons])
  const spells = reasons.reduce((sum, reason) => sum + reason.spells, 0)
  const hasBlocked = (standing.data?.columns.rowCount ?? 0) > 0
  const verdict = blockedVerdict(reasons, format)
  return (
    <Panel
      id="blocked"
      title="Blocked work"
      facts={['elapsed days blocked, by reason', format.count(spells, 'spell'), period, rule]}
      verdict={verdict}
      state={panelState(result, standing)}
      asked={[
        { metric: 'blocked', params: yearly, label: 'Time by reason', about: ABOUT },
        { metric: 'items', params: now, label: 'Blocked now' },
      ]}
      height={HEIGHT}
      empty={columns && spells === 0 && !hasBlocked ? NOTHING : undefined}
      table={() => <DataTable label="Blocked time by reason" rows={reasons} columns={reasonColumns(format)} maxHeight={320} />}
    >
      {reasons.length > 0 && (
        <Chart
          label={`Days blocked in ${stream.name} by reason. ${verdict ?? ''}`}
          height={12 + BAR * Math.min(reasons.length, MOST_REASONS)}
          build={build}
          onPoint={() => openItems('blocked')}
          pickArea
        />
      )}
      {standing.data && <BlockedNow answer={standing.data} stream={stream} />}
    </Panel>
  )
}

function reasonColumns(format: Format): TableColumn<BlockedReason>[] {
  const number = (id: string, title: string, value: (reason: BlockedReason) => number): TableColumn<BlockedReason> => ({
    id,
    title,
    numeric: true,
    value,
    cell: (reason) => format.number(value(reason), 1),
  })
  return [
    { id: 'reason', title: 'Reason', value: ({ name }) => name, cell: ({ name }) => <span title={name}>{name}</span> },
    number('days', 'Days blocked', ({ days }) => days),
    number('spells', 'Spells', ({ spells }) => spells),
    number('mean', 'Days a spell', ({ days, spells }) => days / spells),
    number('open', 'Still last', ({ open }) => open),
  ]
}

const ABOUT = 'The spells of all periods shown, added up by reason. A spell counts with its whole time in the period in which it began.'
const NOTHING = {
  title: 'Nothing was blocked in this scope',
  text: 'A bar per reason would show the days that items stood blocked, and a table those that are blocked now. Needs a source with a blocked flag, label or state that is mapped. Widen the period or take filters away.',
}
