'use client'

import { SegmentedControl } from '@mantine/core'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { annotationsOf } from '@/lib/charts/marks/annotation'
import { wipVerdict } from '@/lib/charts/verdicts'
import { pickDay, WIP_MEASURES, type WipInput, wip } from '@/lib/charts/wip'
import { wipLimitOf } from '@/lib/charts/wip-limit'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 260

export function WipPanel({ stream }: { stream: ValueStream }) {
  const [measure, setMeasure] = useQueryState('wip', parseAsStringLiteral(WIP_MEASURES).withDefault('count'))
  const own = { stream: stream.id }
  const result = useMetric('wip', own)
  const { portfolio, format } = useSnapshot()
  const { scope } = useScope()
  const sle = expectationOf(stream, scope.span)
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const limit = wipLimitOf(stream, scope.span ?? 'flow')
  const input = useMemo<WipInput | undefined>(
    () =>
      columns && {
        columns,
        measure,
        limit,
        weekend: portfolio.calendar.weekend,
        annotations: annotationsOf(portfolio.annotations, stream.id),
      },
    [columns, measure, limit, portfolio, stream.id],
  )
  const build = useCallback((context: ChartContext) => (input ? wip(input, context) : {}), [input])
  const open = (point: ChartPoint) => {
    const drill = input && pickDay(input, point, format)
    if (drill) openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  }
  const verdict = columns && wipVerdict(columns, format, limit)
  const days = columns?.numbers('day_on')
  return (
    <Panel
      id="wip"
      title="Work in progress"
      facts={[MEASURE_FACT[measure], period, rule, limit === undefined ? 'no limit for the whole span' : `limit ${format.number(limit)}`]}
      verdict={verdict}
      controls={
        <SegmentedControl
          aria-label="Measure"
          value={measure}
          onChange={(value) => void setMeasure(value)}
          data={sle ? MEASURES : MEASURES.slice(0, 2)}
        />
      }
      state={panelState(result)}
      asked={[{ metric: 'wip', params: own, about: measure === 'age' ? MEAN_AGE : undefined }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
      table={() =>
        columns && (
          <ColumnsTable
            label="Work in progress by day"
            columns={columns}
            show={SHOW}
            onRow={(row) => open({ x: (days?.[row] ?? 0) * 86_400_000, y: 0 })}
          />
        )
      }
    >
      <Chart
        label={`Work in progress of ${stream.name} at the end of each day. ${verdict ?? ''}`}
        height={HEIGHT}
        build={build}
        onPoint={open}
        pickArea
      />
    </Panel>
  )
}

const MEASURES: { value: (typeof WIP_MEASURES)[number]; label: string }[] = [
  { value: 'count', label: 'Items' },
  { value: 'age', label: 'Mean age' },
  { value: 'debt', label: 'Flow debt' },
]
const MEAN_AGE = 'The mean age of a day is total_age_days divided by item_count.'
const MEASURE_FACT = {
  count: 'items at the end of each day',
  age: 'mean age in days at the end of each day',
  debt: 'days beyond the SLE, over all items',
} as const
const SHOW = { day_on: 'End of day', item_count: 'Items', total_age_days: 'Total age, days', flow_debt_days: 'Flow debt, days' }
const NOTHING = {
  title: 'No items in this scope',
  text: 'The line would show how many items are started and unfinished at the end of each day. Widen the period or take filters away.',
}
