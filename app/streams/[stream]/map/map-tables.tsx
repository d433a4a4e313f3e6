'use client'

import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { MapMove, MapStage, StreamMap } from '@/lib/charts/value-stream-map'
import { DataTable, type TableColumn } from '../../../_ui/data-table'
import classes from './map.module.css'
import type { MapItems } from './use-map-items'

interface MapTablesProps {
  readonly map: StreamMap
  readonly items: MapItems
  readonly format: Format
}

/** All figures of the map: of its stages, and of the moves between them, those too rare to be drawn included. */
export function MapTables({ map, items, format }: MapTablesProps) {
  const stages = useMemo(() => stageColumns(items, format), [items, format])
  const moves = useMemo(() => moveColumns(items, format), [items, format])
  return (
    <>
      <DataTable label="Stages of the value stream map" rows={map.stages} columns={stages} maxHeight={400} listBelow={0} />
      <DataTable label="Moves between stages" rows={map.moves} columns={moves} initialSort={{ id: 'moves', desc: true }} maxHeight={320} />
    </>
  )
}

function stageColumns(items: MapItems, format: Format): TableColumn<MapStage>[] {
  const days = (id: string, title: string, hint: string, value: (stage: MapStage) => number): TableColumn<MapStage> => ({
    id,
    title,
    hint,
    numeric: true,
    value,
    cell: (stage) => format.number(value(stage), 3),
  })
  const ratio = (id: string, title: string, hint: string, value: (stage: MapStage) => number | null): TableColumn<MapStage> => ({
    id,
    title,
    hint,
    numeric: true,
    value,
    cell: (stage) => percentOf(value(stage), format),
  })
  const count = (id: string, title: string, hint: string, value: (stage: MapStage) => number): TableColumn<MapStage> => ({
    id,
    title,
    hint,
    numeric: true,
    value,
    cell: (stage) => format.number(value(stage)),
  })
  return [
    {
      id: 'stage',
      title: 'Stage',
      width: 170,
      value: (stage) => stage.name,
      cell: (stage) => <Open onOpen={() => items.openStage(stage.id)}>{stage.name}</Open>,
    },
    { id: 'counted', title: 'In totals', value: (stage) => Number(stage.counted), cell: (stage) => (stage.counted ? 'yes' : 'no') },
    count('left', 'Items left', 'Items that left the stage in the period, each once', (stage) => stage.items),
    count('wip', 'WIP', 'Items in it at the end of the period', (stage) => stage.wip),
    days('active', 'Active, days', 'Mean time worked per item that left', (stage) => stage.active),
    days('waiting', 'Waiting, days', 'Mean time waiting or blocked per item that left', (stage) => stage.waiting),
    ratio('share', 'Of waiting', 'Share of all waiting inside the span', (stage) => stage.waitShare),
    ratio('blocked', 'Blocked', 'Share of its time that is blocked', (stage) => stage.blockedShare),
    ratio('pass', 'First pass', 'Exits forward that did not come back', (stage) => stage.firstPass),
  ]
}

const KINDS: Record<MapMove['kind'], string> = { forward: 'forward', skip: 'forward, past stages', back: 'back', out: 'out of the order' }

function moveColumns(items: MapItems, format: Format): TableColumn<MapMove>[] {
  return [
    {
      id: 'from',
      title: 'From',
      value: (move) => move.fromName,
      cell: (move) => <Open onOpen={() => items.openMove(move)}>{move.fromName}</Open>,
    },
    { id: 'to', title: 'To', value: (move) => move.toName, cell: (move) => move.toName },
    { id: 'kind', title: 'Direction', value: (move) => KINDS[move.kind], cell: (move) => KINDS[move.kind] },
    { id: 'moves', title: 'Moves', numeric: true, value: (move) => move.moves, cell: (move) => format.number(move.moves) },
    { id: 'items', title: 'Items', numeric: true, value: (move) => move.items, cell: (move) => format.number(move.items) },
  ]
}

function Open({ onOpen, children }: { onOpen: () => void; children: string }) {
  return (
    <UnstyledButton className={classes.open} onClick={onOpen}>
      {children}
    </UnstyledButton>
  )
}

function percentOf(ratio: number | null, format: Format): string {
  return ratio === null ? '–' : format.percent(ratio, 1)
}
