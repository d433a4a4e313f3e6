'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext } from '@/lib/charts/context'
import type { Format } from '@/lib/charts/format'
import { stageTimeBars, stageTimesOf } from '@/lib/charts/stage-times'
import { timeText } from '@/lib/charts/value-stream-text'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from '../_panels/panel-facts'
import type { MapItems } from './use-map-items'

const BAR = 28
const SHOW = {
  stage_id: 'Stage',
  n: 'Items',
  p50_days: 'Half within, days',
  p85_days: '85 % within, days',
  share_ratio: 'Share of time',
  skipped_count: 'Skipped it',
}

interface StageTimesPanelProps {
  readonly stream: ValueStream
  readonly items: MapItems
}

/** How long finished items stayed in each stage, not the mean alone. */
export function StageTimesPanel({ stream, items }: StageTimesPanelProps) {
  const own = { stream: stream.id }
  const result = useMetric('stage-times', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const names = useMemo(() => new Map(stream.stages.map(({ id, name }) => [id, name])), [stream])
  const times = useMemo(() => (columns ? stageTimesOf(columns, names) : []), [columns, names])
  const build = useCallback((context: ChartContext) => stageTimeBars(times, stream.stages, context), [times, stream])
  const height = 12 + BAR * Math.max(times.length, stream.stages.length - 1)
  const verdict = columns && verdictOf(columns, names, format)
  const most = columns ? Math.max(0, ...columns.numbers('n').map((count) => count ?? 0)) : 0
  return (
    <Panel
      id="stage-times"
      title="Time in each stage of finished items"
      facts={['elapsed days, all stays of an item added up; full: half of the items, pale: 85 %', format.count(most, 'item'), period, rule]}
      verdict={verdict}
      state={panelState(result)}
      asked={[{ metric: 'stage-times', params: own }]}
      height={height}
      empty={columns && most === 0 ? NOTHING : undefined}
      table={
        columns &&
        (() => (
          <ColumnsTable
            label="Time in stage"
            columns={columns}
            show={SHOW}
            names={names}
            onRow={(row) => items.openStage(columns.texts('stage_id')[row] ?? '')}
          />
        ))
      }
    >
      <Chart
        label={`Time in each stage of ${stream.name}. ${verdict ?? ''}`}
        height={height}
        build={build}
        onPoint={({ dataIndex }) => items.openStage(times[dataIndex ?? -1]?.id ?? '')}
        pickArea
      />
    </Panel>
  )
}

function verdictOf(columns: Columns, names: ReadonlyMap<string, string>, format: Format): string | undefined {
  const lengths = columns.numbers('p85_days').map((days) => days ?? 0)
  const longest = Math.max(0, ...lengths)
  const row = lengths.indexOf(longest)
  if (longest <= 0) return undefined
  const id = columns.texts('stage_id')[row] ?? ''
  return `Items stay longest in ${names.get(id) ?? id}: half leave it within ${timeText(columns.numbers('p50_days')[row] ?? 0, format)}, 85 % within ${timeText(longest, format)}.`
}

const NOTHING = {
  title: 'No finished items in this scope',
  text: 'A row per stage would show how long items stayed in it. Widen the period or take filters away.',
}
