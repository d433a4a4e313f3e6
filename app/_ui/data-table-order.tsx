'use client'

import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import type { ReactTable } from '@tanstack/react-table'
import { useId } from 'react'
import type { TableColumn } from './data-table'
import classes from './data-table.module.css'
import type { TableFeatureSet, TablePlace } from './data-table-rows'

interface OrderProps {
  readonly columns: readonly Pick<TableColumn<never>, 'id' | 'title' | 'numeric'>[]
  readonly table: ReactTable<TableFeatureSet, TablePlace>
}

/** What a list is sorted by, and in which direction: it has no column titles to press. */
export function DataTableOrder({ columns, table }: OrderProps) {
  const id = useId()
  const sorted = columns.find((column) => table.getColumn(column.id)?.getIsSorted())
  const isDown = sorted !== undefined && table.getColumn(sorted.id)?.getIsSorted() === 'desc'
  const sort = (by: string, desc: boolean) => table.getColumn(by)?.toggleSorting(desc)
  const titles = columns.map((column) => ({ value: column.id, label: column.title }))
  return (
    <div className={classes.order}>
      <label htmlFor={id}>Sort by</label>
      <NativeSelect
        size="xs"
        id={id}
        value={sorted?.id ?? ''}
        data={sorted ? titles : [{ value: '', label: 'as given' }, ...titles]}
        onChange={({ currentTarget: { value } }) => value && sort(value, columns.find((column) => column.id === value)?.numeric === true)}
      />
      {sorted && (
        <ActionIcon variant="default" size={30} aria-label="Reverse the order" onClick={() => sort(sorted.id, !isDown)}>
          {isDown ? <IconSortDescending size={16} aria-hidden /> : <IconSortAscending size={16} aria-hidden />}
        </ActionIcon>
      )}
    </div>
  )
}
