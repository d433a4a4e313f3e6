'use client'

import { useMemo } from 'react'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { ColumnsTable } from '../../../_ui/columns-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from '../_panels/panel-facts'
import type { MapItems } from './use-map-items'

const HEIGHT = 160
const SHOW = { stage_id: 'Stage', evidence: 'Evidence', explanation: 'Figures', strength: 'Strength' }

interface EvidencePanelProps {
  readonly stream: ValueStream
  readonly items: MapItems
}

/** Which stages hold the flow up, and why. */
export function EvidencePanel({ stream, items }: EvidencePanelProps) {
  const own = { stream: stream.id }
  const result = useMetric('bottlenecks', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const names = useMemo(() => new Map(stream.stages.map(({ id, name }) => [id, name])), [stream])
  return (
    <Panel
      id="bottlenecks"
      title="Why a stage holds the flow up"
      facts={['strength: the figure over its threshold', columns && format.count(columns.rowCount, 'reason'), period, rule]}
      verdict={columns && verdictOf(columns, names)}
      state={panelState(result)}
      asked={[{ metric: 'bottlenecks', params: own }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
    >
      {columns && (
        <ColumnsTable
          label="Evidence for bottlenecks"
          columns={columns}
          show={SHOW}
          names={names}
          sentences="explanation"
          onRow={(row) => items.openStage(columns.texts('stage_id')[row] ?? '')}
        />
      )}
    </Panel>
  )
}

function verdictOf(columns: Columns, names: ReadonlyMap<string, string>): string | undefined {
  const [id] = columns.texts('stage_id')
  if (id === undefined) return undefined
  const reasons = columns.texts('evidence').filter((_, row) => columns.texts('stage_id')[row] === id)
  return `${names.get(id) ?? id} holds the flow up most: ${reasons.join(', ')}.`
}

const NOTHING = {
  title: 'No stage stands out',
  text: 'No queue grows, no stage takes 30 % of the time or is blocked for 15 % of it, and no stay is clearly the longest.',
}
