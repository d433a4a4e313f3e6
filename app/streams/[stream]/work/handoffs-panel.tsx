'use client'

import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import { type Handoff, handoffList, handoffVerdict } from '@/lib/charts/handoff-list'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from '../_panels/panel-facts'
import { CellBar } from './cell-bar'
import { useWorkDrawer } from './use-work-drawer'
import classes from './work.module.css'

const HEIGHT = 240

/** Which team gives work to which, and how long it then lies. */
export function HandoffsPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('handoffs', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const { openItems } = useWorkDrawer()
  const columns = result.data?.columns
  const list = useMemo(() => (columns ? handoffList(columns) : []), [columns])
  const shown = useMemo(() => handoffColumns(list, format), [list, format])
  const total = list.reduce((sum, { moves }) => sum + moves, 0)
  return (
    <Panel
      id="handoffs"
      title="Hand-offs between teams"
      facts={['changes of team', format.count(total, 'hand-off'), period, rule]}
      verdict={handoffVerdict(list, format)}
      controls={
        list.length > 0 && (
          <UnstyledButton className={classes.open} onClick={() => openItems('handoffs')}>
            Show the items
          </UnstyledButton>
        )
      }
      state={panelState(result)}
      asked={[{ metric: 'handoffs', params: own }]}
      height={HEIGHT}
      empty={columns && list.length === 0 ? NOTHING : undefined}
    >
      <DataTable label="Hand-offs by pair of teams" rows={list} columns={shown} initialSort={{ id: 'moves', desc: true }} maxHeight={360} />
    </Panel>
  )
}

function handoffColumns(list: readonly Handoff[], format: Format): TableColumn<Handoff>[] {
  const most = Math.max(1, ...list.map(({ moves }) => moves))
  return [
    { id: 'from', title: 'From team', value: ({ from }) => from, cell: ({ from }) => from },
    { id: 'to', title: 'To team', value: ({ to }) => to, cell: ({ to }) => to },
    {
      id: 'moves',
      title: 'Hand-offs',
      numeric: true,
      value: ({ moves }) => moves,
      cell: ({ moves }) => <CellBar share={moves / most}>{format.number(moves)}</CellBar>,
    },
    {
      id: 'wait',
      title: 'Wait after, days',
      hint: 'Mean elapsed days until the next move to another stage, of those that moved on',
      numeric: true,
      value: ({ wait }) => wait,
      cell: ({ wait }) => (wait === null ? '–' : format.number(wait, 1)),
    },
  ]
}

const NOTHING = {
  title: 'No hand-offs in this scope',
  text: 'Each pair of teams would be a line: how often work went from one to the other and how long it then lay. Needs a source with a team field whose changes are recorded. Widen the period or take filters away.',
}
