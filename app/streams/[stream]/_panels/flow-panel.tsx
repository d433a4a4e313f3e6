'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { cumulativeFlow, flowReadings, pickBand } from '@/lib/charts/cumulative-flow'
import { flowVerdict } from '@/lib/charts/verdicts'
import type { ValueStream } from '@/lib/model/value-stream'
import { formatDay } from '@/lib/time/day'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { FLOW_HEIGHT, flowInput } from './flow-input'
import { usePanelFacts } from './panel-facts'
import { StageLegend } from './stage-legend'

const SHOW = {
  day_on: 'End of day',
  stage_id: 'Stage',
  reached_count: 'Reached it',
  behind_count: 'Behind it again',
  removed_count: 'Removed',
}

export function FlowPanel({ stream, height = FLOW_HEIGHT.wide }: { stream: ValueStream; height?: number }) {
  const own = { stream: stream.id }
  const result = useMetric('cumulative-flow', own)
  const { portfolio, format } = useSnapshot()
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const input = useMemo(() => columns && flowInput(columns, stream, portfolio), [columns, stream, portfolio])
  const build = useCallback((context: ChartContext) => (input ? cumulativeFlow(input, context) : {}), [input])
  const readings = useMemo(() => (input ? flowReadings(input) : undefined), [input])
  const onPoint = (point: ChartPoint) => {
    const drill = input && pickBand(input, point, format)
    if (drill) openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  }
  const names = useMemo(() => new Map(stream.stages.map(({ id, name }) => [id, name])), [stream])
  const verdict = columns && flowVerdict(columns, stream.stages, format)
  return (
    <Panel
      id="cumulative-flow"
      title="Cumulative flow"
      facts={['items that reached each stage, counted up', period, rule]}
      verdict={verdict}
      state={panelState(result)}
      asked={[{ metric: 'cumulative-flow', params: own }]}
      height={height}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
      legend={<StageLegend stages={stream.stages} onlyNarrow={stream.stages.length <= 6} />}
      table={() =>
        columns && (
          <ColumnsTable
            label="Cumulative flow by day and stage"
            columns={columns}
            show={SHOW}
            names={names}
            onRow={(row) => openRow(row)}
          />
        )
      }
    >
      <Chart
        label={`Cumulative flow of ${stream.name}. ${verdict ?? ''}`}
        height={height}
        build={build}
        onPoint={onPoint}
        readings={readings}
        pickArea
      />
    </Panel>
  )

  function openRow(row: number) {
    const day = columns?.numbers('day_on')[row] ?? 0
    const stageId = columns?.texts('stage_id')[row] ?? ''
    openDrill({
      title: `${names.get(stageId) ?? stageId} at the end of ${format.day(day)}`,
      params: { stream: stream.id, onDay: formatDay(day), stageId },
    })
  }
}

const NOTHING = {
  title: 'No items in this scope',
  text: 'A line per stage would show how many items have reached it. Widen the period or take filters away.',
}
