'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { UNIT_LABEL } from '@/lib/charts/format'
import { type HistogramInput, histogram, pickBin } from '@/lib/charts/histogram'
import { spanVerdict } from '@/lib/charts/verdicts'
import type { Unit } from '@/lib/model/unit'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf, spanTitle } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 300

/** How the times of finished items are spread. */
export function HistogramPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('span-histogram', own)
  const percentiles = useMetric('span-percentiles', own)
  const { portfolio, format } = useSnapshot()
  const { scope } = useScope()
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const unit = (scope.unit ?? 'days') as Unit
  const sle = expectationOf(stream, scope.span)
  const columns = result.data?.columns
  const input = useMemo<HistogramInput | undefined>(
    () => columns && { columns, percentiles: percentiles.data?.columns, unit, sle },
    [columns, percentiles.data, unit, sle],
  )
  const build = useCallback((context: ChartContext) => (input ? histogram(input, context) : {}), [input])
  const open = (point: ChartPoint) => {
    const drill = input && pickBin(input, point, format)
    if (drill) openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  }
  const total = (columns?.numbers('item_count') ?? []).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const verdict = percentiles.data && spanVerdict(percentiles.data.columns, unit, format, sle)
  const title = spanTitle(scope.span, portfolio.streams)
  return (
    <Panel
      id="span-histogram"
      title={`Distribution of ${title.toLowerCase()}`}
      facts={[UNIT_LABEL[unit], format.count(total, 'item'), period, rule, 'hatched: all that took longer']}
      verdict={verdict}
      state={panelState(result, percentiles)}
      asked={[
        { metric: 'span-histogram', params: own, label: 'Bars' },
        { metric: 'span-percentiles', params: own, label: 'Percentiles' },
      ]}
      height={HEIGHT}
      empty={columns && total === 0 ? NOTHING : undefined}
      table={() =>
        columns && (
          <ColumnsTable
            label="Finished items by days taken"
            columns={columns}
            show={SHOW}
            onRow={(row) => open({ x: columns.numbers('days')[row] ?? 0, y: 0 })}
          />
        )
      }
    >
      <Chart
        label={`Finished items of ${stream.name} by days taken. ${verdict ?? ''}`}
        height={HEIGHT}
        build={build}
        onPoint={open}
        pickArea
      />
    </Panel>
  )
}

const SHOW = { days: 'Days', item_count: 'Items' }
const NOTHING = {
  title: 'Nothing finished in this scope',
  text: 'A bar per length would show how many items took so long. Widen the period or take filters away.',
}
