'use client'

import { useMemo } from 'react'
import { stageName } from '@/lib/charts/aging-cells'
import { agingCellDrill } from '@/lib/charts/aging-density'
import type { Drill } from '@/lib/charts/context'
import { type Columns, filterRows } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import { ColumnsTable } from '../../../_ui/columns-table'
import { ItemTable } from '../../../_ui/item-table'
import { useSnapshot } from '../../../_ui/shell-context'

interface AgingTableProps {
  readonly columns: Columns
  readonly stream: ValueStream
  readonly onDrill: (drill: Drill) => void
}

const SHOWN = {
  stage_id: 'Stage',
  age_from: 'Days old from',
  age_to: 'below',
  item_count: 'Items',
  blocked_count: 'Blocked',
  likely_count: 'Likely to miss the SLE',
  point_count: 'Drawn as dots',
}

/** Everything that the aging chart shows: its cells, each leading to its items, and its dots. */
export function AgingTable({ columns, stream, onDrill }: AgingTableProps) {
  const { format } = useSnapshot()
  const names = useMemo(() => new Map(columns.texts('stage_id').map((id) => [id, stageName(id, stream.stages)])), [columns, stream])
  const [cells, points] = useMemo(() => {
    const kinds = columns.texts('kind')
    return [filterRows(columns, (row) => kinds[row] === 'cell'), filterRows(columns, (row) => kinds[row] === 'point')]
  }, [columns])
  const open = (row: number) => {
    const [stageId = '', from, to] = [cells.texts('stage_id')[row], cells.numbers('age_from')[row], cells.numbers('age_to')[row]]
    onDrill(agingCellDrill({ stageId, from: from ?? 0, to: to ?? 0 }, names.get(stageId) ?? stageId, format))
  }
  return (
    <>
      {cells.rowCount > 0 && <ColumnsTable label="Cells of unfinished items" columns={cells} show={SHOWN} names={names} onRow={open} />}
      {points.rowCount > 0 && (
        <ItemTable columns={points} label={cells.rowCount > 0 ? 'Oldest unfinished items' : 'Unfinished items'} maxHeight={320} />
      )}
    </>
  )
}
