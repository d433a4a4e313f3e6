'use client'

import { SegmentedControl } from '@mantine/core'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { behaviourVerdict, type ProcessBehaviourInput, processBehaviour } from '@/lib/charts/process-behaviour'
import type { ValueStream } from '@/lib/model/value-stream'
import { formatDay } from '@/lib/time/day'
import { nextPeriod } from '@/lib/time/grain'
import { Chart } from '../../../_ui/chart'
import { ColumnsTable } from '../../../_ui/columns-table'
import { useDrill } from '../../../_ui/drill'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 280
const OF = ['throughput', 'arrivals', 'flow-efficiency'] as const
type Of = (typeof OF)[number]

const FIGURES: Readonly<Record<Of, { label: string; unit: string; better?: 'higher' }>> = {
  throughput: { label: 'Throughput', unit: 'items finished per week', better: 'higher' },
  arrivals: { label: 'Arrivals', unit: 'items arrived per week' },
  'flow-efficiency': { label: 'Flow efficiency', unit: 'active share of the time of items finished in the week', better: 'higher' },
}
const CHOICES = OF.map((value) => ({ value, label: FIGURES[value].label }))
const GRAIN = 'week'

/** Whether the rates only wobble or really changed. */
export function BehaviourPanel({ stream }: { stream: ValueStream }) {
  const [of, setOf] = useQueryState('behaviour', parseAsStringLiteral(OF).withDefault('throughput'))
  const { label, unit, better } = FIGURES[of]
  const own = { stream: stream.id, metric: of, grain: GRAIN }
  const result = useMetric('process-behaviour', own)
  const { format } = useSnapshot()
  const openDrill = useDrill()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const input = useMemo<ProcessBehaviourInput | undefined>(
    () => columns && { columns, grain: GRAIN, unit, better, isRatio: of === 'flow-efficiency' },
    [columns, unit, better, of],
  )
  const build = useCallback((context: ChartContext) => (input ? processBehaviour(input, context) : {}), [input])
  const verdict = input && behaviourVerdict(input, format)
  const open = ({ x }: Pick<ChartPoint, 'x'>) => {
    const start = columns?.numbers('at')[Math.round(x)]
    if (start === null || start === undefined) return
    const [from, to] = [formatDay(start), formatDay(nextPeriod(start, GRAIN))]
    openDrill({ title: `Finished in the ${format.period(start, GRAIN)}`, params: { stream: stream.id, from, to, status: 'finished' } })
  }
  const leads = of !== 'arrivals'
  return (
    <Panel
      id="process-behaviour"
      title={`${label}: process behaviour`}
      facts={[unit, format.count(columns?.rowCount ?? 0, 'week'), period, rule, 'shaded: the baseline of the limits']}
      verdict={verdict}
      controls={<SegmentedControl aria-label="Figure" value={of} onChange={(value) => void setOf(value)} data={CHOICES} />}
      state={panelState(result)}
      asked={[{ metric: 'process-behaviour', params: own }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
      table={() =>
        columns && (
          <ColumnsTable
            label={`${label} by week with limits`}
            columns={columns}
            show={SHOW}
            onRow={leads ? (row) => open({ x: row }) : undefined}
          />
        )
      }
    >
      <Chart
        label={`Process behaviour of ${label.toLowerCase()} in ${stream.name}. ${verdict ?? ''}`}
        height={HEIGHT}
        build={build}
        onPoint={leads ? open : undefined}
        pickArea
      />
    </Panel>
  )
}

const SHOW = {
  at: 'Week from',
  value: 'Value',
  centre: 'Centre',
  lower: 'Lower limit',
  upper: 'Upper limit',
  rule: 'Signal',
  baseline: 'Baseline',
  partial: 'Partial',
}
const NOTHING = {
  title: 'Nothing in this scope',
  text: 'A point per week would show whether the figure only wobbles or really changed. Widen the period or take filters away.',
}
