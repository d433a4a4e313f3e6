'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext } from '@/lib/charts/context'
import { type NetFlowInput, netFlow, netFlowVerdict } from '@/lib/charts/net-flow'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 260
const GRAIN = 'week'

/** What came minus what left. */
export function NetFlowPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id, grain: GRAIN }
  const result = useMetric('net-flow', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const input = useMemo<NetFlowInput | undefined>(() => columns && { columns, grain: GRAIN }, [columns])
  const build = useCallback((context: ChartContext) => (input ? netFlow(input, context) : {}), [input])
  const verdict = input && netFlowVerdict(input, format)
  return (
    <Panel
      id="net-flow"
      title="Net flow"
      facts={[
        'arrivals − departures per week, with reopened and removed items',
        format.count(columns?.rowCount ?? 0, 'week'),
        period,
        rule,
      ]}
      verdict={verdict}
      state={panelState(result)}
      asked={[{ metric: 'net-flow', params: own }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
      table={() => columns && <ColumnsTable label="Net flow by week" columns={columns} show={SHOW} />}
    >
      <Chart label={`Net flow of ${stream.name} by week. ${verdict ?? ''}`} height={HEIGHT} build={build} />
    </Panel>
  )
}

const SHOW = {
  period_on: 'Week from',
  arrivals: 'Arrivals',
  departures: 'Departures',
  restorations: 'Reopened',
  removals: 'Removed',
  transfers_in: 'Moved in',
  transfers_out: 'Moved out',
  net: 'Net',
  partial: 'Partial',
}
const NOTHING = {
  title: 'Nothing in this scope',
  text: 'A bar per week would show whether more came than left. Widen the period or take filters away.',
}
