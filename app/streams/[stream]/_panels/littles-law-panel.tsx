'use client'

import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { gapText, lawRows, lawVerdict } from '@/lib/charts/littles-law'
import type { ValueStream } from '@/lib/model/value-stream'
import { ColumnsTable } from '../../../_ui/columns-table'
import { keptTogether } from '../../../_ui/kept-together'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import classes from './littles-law-panel.module.css'
import { usePanelFacts } from './panel-facts'

const HEIGHT = 260

/** Mean time = mean work in progress ÷ throughput: whether it holds, and what it rests on. */
export function LittlesLawPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('littles-law', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const columns = result.data?.columns
  const rows = columns ? lawRows(columns) : []
  return (
    <Panel
      id="littles-law"
      title="Little’s law"
      facts={['mean time = mean items in progress ÷ throughput', 'elapsed days', period, rule, 'holds: within 10 %']}
      verdict={columns && lawVerdict(columns, format)}
      state={panelState(result)}
      asked={[{ metric: 'littles-law', params: own }]}
      height={HEIGHT}
      empty={columns && rows.length < 2 ? NOTHING : undefined}
      table={() => columns && <ColumnsTable label="Assumptions of Little’s law" columns={columns} show={SHOW} />}
    >
      <ul className={classes.list}>
        {rows.map(({ assumption, holds, evidence, gap }) => (
          <li key={assumption} className={classes.row} data-holds={holds}>
            {holds ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
            <div>
              <strong>{assumption}</strong> <span className={classes.word}>{holds ? 'holds' : 'does not hold'}</span>
              {gap !== null && <span className={classes.gap}> · {keptTogether(gapText(gap, format))} apart</span>}
              <p>{keptTogether(evidence)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const SHOW = { assumption: 'What has to hold', holds: 'Holds', residual_ratio: 'Deviation', evidence: 'Evidence' }
const NOTHING = {
  title: 'Nothing finished in this scope',
  text: 'The card would compare the mean time of finished items with what work in progress and throughput imply. Widen the period or take filters away.',
}
