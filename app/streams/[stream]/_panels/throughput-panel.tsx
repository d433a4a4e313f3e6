'use client'

import { SegmentedControl } from '@mantine/core'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { pickPeriod, type ThroughputInput, throughput } from '@/lib/charts/throughput'
import { throughputVerdict } from '@/lib/charts/verdicts'
import type { ValueStream } from '@/lib/model/value-stream'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 260
const GRAINS = ['week', 'month'] as const
const RATES = ['finished', 'arrived'] as const

export function ThroughputPanel({ stream }: { stream: ValueStream }) {
  const [grain, setGrain] = useQueryState('grain', parseAsStringLiteral(GRAINS).withDefault('week'))
  const [rate, setRate] = useQueryState('rate', parseAsStringLiteral(RATES).withDefault('finished'))
  const metric = rate === 'finished' ? 'throughput' : 'arrivals'
  const own = { stream: stream.id, grain }
  const result = useMetric(metric, own)
  const { format } = useSnapshot()
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const input = useMemo<ThroughputInput | undefined>(() => columns && { columns, grain, rate }, [columns, grain, rate])
  const build = useCallback((context: ChartContext) => (input ? throughput(input, context) : {}), [input])
  const open = (point: ChartPoint) => {
    const drill = input && pickPeriod(input, point, format)
    if (drill) openDrill({ ...drill, params: { stream: stream.id, ...drill.params } })
  }
  const total = (columns?.numbers('item_count') ?? []).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const verdict = columns && throughputVerdict(columns, { grain, rate }, format)
  return (
    <Panel
      id="throughput"
      title={rate === 'finished' ? 'Throughput' : 'Arrivals'}
      facts={[`items ${rate} per ${grain}`, format.count(total, 'item'), period, rule, 'partial periods hatched']}
      verdict={verdict}
      controls={
        <>
          <SegmentedControl
            aria-label="Finished or arrived"
            value={rate}
            onChange={(value) => void setRate(value)}
            data={[...RATE_CHOICES]}
          />
          <SegmentedControl aria-label="Period length" value={grain} onChange={(value) => void setGrain(value)} data={[...GRAIN_CHOICES]} />
        </>
      }
      state={panelState(result)}
      asked={[{ metric, params: own }]}
      height={HEIGHT}
      empty={columns && total === 0 ? NOTHING : undefined}
      table={() =>
        columns && (
          <ColumnsTable
            label={`Items ${rate} per ${grain}`}
            columns={columns}
            show={SHOW}
            onRow={rate === 'finished' ? (row) => open({ x: row, y: 0 }) : undefined}
          />
        )
      }
    >
      <Chart
        label={`Items ${rate} per ${grain} in ${stream.name}. ${verdict ?? ''}`}
        height={HEIGHT}
        build={build}
        onPoint={rate === 'finished' ? open : undefined}
        pickArea
      />
    </Panel>
  )
}

const RATE_CHOICES = [
  { value: 'finished', label: 'Finished' },
  { value: 'arrived', label: 'Arrived' },
] as const
const GRAIN_CHOICES = [
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const
const SHOW = { period_on: 'Period from', item_count: 'Items', partial: 'Partial' }
const NOTHING = {
  title: 'Nothing in this scope',
  text: 'A bar per period would show how many items got through. Widen the period or take filters away.',
}
