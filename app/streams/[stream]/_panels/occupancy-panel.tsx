'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { type OccupancyInput, occupancy, pickSegment, sampling } from '@/lib/charts/occupancy'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from './panel-facts'
import { StageLegend } from './stage-legend'

const HEIGHT = 260
const SHOW = { day_on: 'End of day', stage_id: 'Stage', item_count: 'Items' }

export function OccupancyPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('occupancy', own)
  const { format } = useSnapshot()
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const input = useMemo<OccupancyInput | undefined>(() => columns && { columns, stages: stream.stages }, [columns, stream])
  const build = useCallback((context: ChartContext) => (input ? occupancy(input, context) : {}), [input])
  const onPoint = (point: ChartPoint) => {
    const drill = input && pickSegment(input, point, format)
    if (drill) openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  }
  const grain = useMemo(() => sampling((columns?.numbers('day_on') ?? []).map((day) => day ?? 0)), [columns])
  const names = useMemo(() => new Map(stream.stages.map(({ id, name }) => [id, name])), [stream])
  return (
    <Panel
      id="occupancy"
      title="Where unfinished items stand"
      facts={[`items per stage at the end of each ${grain}`, period, rule]}
      verdict="Stacked, not cumulative: a segment shrinks when items leave the stage or move back."
      state={panelState(result)}
      asked={[{ metric: 'occupancy', params: own }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
      legend={<StageLegend stages={stream.stages} show={stream.stages.filter((stage) => stage.kind !== 'done')} />}
      table={() => columns && <ColumnsTable label="Items per stage by day" columns={columns} show={SHOW} names={names} />}
    >
      <Chart label={`Unfinished items of ${stream.name} per stage over time.`} height={HEIGHT} build={build} onPoint={onPoint} pickArea />
    </Panel>
  )
}

const NOTHING = {
  title: 'No items in this scope',
  text: 'Stacked bars would show in which stages unfinished items stand. Widen the period or take filters away.',
}
