'use client'

import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import { type ReworkLoop, reworkLoops, reworkVerdict } from '@/lib/charts/rework-ledger'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { usePanelFacts } from '../_panels/panel-facts'
import { CellBar } from './cell-bar'
import { useWorkDrawer } from './use-work-drawer'
import classes from './work.module.css'

const HEIGHT = 136
const LIST_BELOW = 680

/** Moves back by loop, with what they cost. */
export function ReworkPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('rework-loops', own)
  const { format } = useSnapshot()
  const { period, rule } = usePanelFacts(result.data)
  const { openLoop } = useWorkDrawer()
  const columns = result.data?.columns
  const loops = useMemo(() => (columns ? reworkLoops(columns, stream.stages) : []), [columns, stream])
  const moves = loops.reduce((sum, loop) => sum + loop.moves, 0)
  const shown = useMemo(() => loopColumns(loops, format, openLoop), [loops, format, openLoop])
  return (
    <Panel
      id="rework"
      title="Rework ledger"
      facts={['elapsed days until an item is back where it was', format.count(moves, 'move'), period, rule]}
      verdict={reworkVerdict(loops, format)}
      state={panelState(result)}
      asked={[{ metric: 'rework-loops', params: own }]}
      height={HEIGHT}
      empty={columns?.rowCount === 0 ? NOTHING : undefined}
    >
      <DataTable
        label="Moves back by stage"
        rows={loops}
        columns={shown}
        initialSort={{ id: 'days', desc: true }}
        maxHeight={320}
        listBelow={LIST_BELOW}
      />
    </Panel>
  )
}

function loopColumns(loops: readonly ReworkLoop[], format: Format, open: (from: string, to: string) => void): TableColumn<ReworkLoop>[] {
  const most = Math.max(1, ...loops.map(({ days }) => days))
  const count = (id: string, title: string, hint: string, value: (loop: ReworkLoop) => number): TableColumn<ReworkLoop> => ({
    id,
    title,
    hint,
    numeric: true,
    value,
    cell: (loop) => format.number(value(loop)),
  })
  return [
    {
      id: 'from',
      title: 'Moved back from',
      value: (loop) => loop.fromName,
      cell: (loop) => (
        <UnstyledButton
          className={classes.open}
          onClick={() => open(loop.from, loop.to)}
          aria-label={`Moves from ${loop.fromName} back to ${loop.toName}`}
        >
          {loop.fromName}
        </UnstyledButton>
      ),
    },
    { id: 'to', title: 'To', value: (loop) => loop.toName, cell: (loop) => loop.toName },
    {
      id: 'days',
      title: 'Cost, days',
      hint: 'Elapsed days until the items were back in the stage they had left, or beyond, added up',
      numeric: true,
      value: (loop) => loop.days,
      cell: (loop) => <CellBar share={loop.days / most}>{format.number(loop.days, 1)}</CellBar>,
    },
    count('moves', 'Moves', 'How often an item went back this way', (loop) => loop.moves),
    count('items', 'Items', 'Each once, however often it went back', (loop) => loop.items),
    {
      id: 'mean',
      title: 'Days a move',
      numeric: true,
      value: (loop) => loop.days / loop.moves,
      cell: (loop) => format.number(loop.days / loop.moves, 1),
    },
    count('open', 'Not made good', 'Moves whose item has not come back yet', (loop) => loop.open),
  ]
}

const NOTHING = {
  title: 'Nothing moved back in this scope',
  text: 'Each way back between two stages would be a line: how often items went it and how many days it cost until they were back. Needs a source that tells each change of state. Widen the period or take filters away.',
}
