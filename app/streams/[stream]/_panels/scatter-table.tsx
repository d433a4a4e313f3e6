'use client'

import { useMemo } from 'react'
import type { Drill } from '@/lib/charts/context'
import { cellDrill } from '@/lib/charts/scatterplot'
import { type Columns, filterRows } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import { ColumnsTable } from '../../../_ui/columns-table'
import { ItemTable } from '../../../_ui/item-table'
import { useSnapshot } from '../../../_ui/shell-context'

interface ScatterTableProps {
  readonly columns: Columns
  readonly unit: Unit
  readonly onDrill: (drill: Drill) => void
}

const SHOWN = {
  day_from: 'Finished from',
  day_to: 'before',
  length_from: 'Days from',
  length_to: 'below',
  item_count: 'Items',
  point_count: 'of them dots',
}

/** Everything that the scatterplot shows: its cells, each leading to its items, and its dots. */
export function ScatterTable({ columns, unit, onDrill }: ScatterTableProps) {
  const { format } = useSnapshot()
  const [cells, points] = useMemo(() => {
    const kinds = columns.texts('kind')
    return [filterRows(columns, (row) => kinds[row] === 'cell'), filterRows(columns, (row) => kinds[row] === 'point')]
  }, [columns])
  const open = (row: number) => {
    const at = (name: string) => cells.numbers(name)[row] ?? 0
    onDrill(cellDrill({ x0: at('day_from'), x1: at('day_to'), y0: at('length_from'), y1: at('length_to') }, unit, format))
  }
  return (
    <>
      {cells.rowCount > 0 && <ColumnsTable label="Cells of finished items" columns={cells} show={SHOWN} onRow={open} />}
      {points.rowCount > 0 && (
        <ItemTable columns={points} label={cells.rowCount > 0 ? 'Items that took longest' : 'Finished items'} maxHeight={320} />
      )}
    </>
  )
}
