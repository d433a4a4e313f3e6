'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { Format } from '@/lib/charts/format'
import type { SpanName } from '@/lib/model/unit'
import { DataTable, type TableColumn } from '../_ui/data-table'
import { PanelEmpty, PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { Sparkline } from '../_ui/sparkline'
import { panelState } from '../_ui/use-metric'
import { useScope, useScopeSearch } from '../_ui/use-scope'
import { StreamCards } from './stream-cards'
import classes from './streams-table.module.css'
import { type StreamFigures, useStreamFigures } from './use-stream-figures'

const ROW = 44

/** Every value stream in a line: how long, how many, how much at once, how old; each with its trend. */
export function StreamsTable() {
  const { format } = useSnapshot()
  const search = useScopeSearch()
  const { figures, results } = useStreamFigures()
  const { scope } = useScope()
  const span = SPAN_WORD[scope.span ?? 'flow']
  const columns = useMemo(() => tableColumns(format, search, span), [format, search, span])
  const state = panelState(...results)
  const height = 32 + ROW * Math.min(Math.max(figures.length, 1), 12)
  return (
    <section className={classes.panel} aria-labelledby="streams-title" data-panel="streams" aria-busy={state.isPending || state.isStale}>
      <h2 className={classes.title} id="streams-title">
        Value streams
      </h2>
      <p className={classes.facts}>
        {format.count(figures.length, 'stream')} · {span} in days: 85 % within, by month · per week and at each week’s end
      </p>
      {state.error ? <PanelError error={state.error} height={160} onRetry={state.retry} /> : null}
      {!state.error && state.isPending ? <PanelSkeleton height={height} /> : null}
      {!state.error && !state.isPending ? <Body figures={figures} columns={columns} height={height} stale={state.isStale} /> : null}
    </section>
  )
}

const SPAN_WORD: Record<SpanName, string> = { flow: 'Flow time', lead: 'Lead time', cycle: 'Cycle time' }

interface BodyProps {
  readonly figures: readonly StreamFigures[]
  readonly columns: readonly TableColumn<StreamFigures>[]
  readonly height: number
  readonly stale: boolean
}

function Body({ figures, columns, height, stale }: BodyProps) {
  if (figures.length === 0) {
    return <PanelEmpty height={height} empty={{ title: 'No stream in this scope', text: 'Clear the stream filter to see all of them.' }} />
  }
  return (
    <div data-stale={stale || undefined} className={classes.body}>
      <div className={classes.table}>
        <DataTable label="Table of value streams" rows={figures} columns={columns} rowHeight={ROW} maxHeight={640} />
      </div>
      <StreamCards figures={figures} columns={columns} />
    </div>
  )
}

function tableColumns(format: Format, search: string, span: string): TableColumn<StreamFigures>[] {
  const trend = (title: string, value: string, values: readonly (number | null)[]) => (
    <span className={classes.trend}>
      <span className={classes.value}>{value}</span>
      <Sparkline values={values} label={`${title}: trend, last value ${value}`} />
    </span>
  )
  const days = (value: number | null) => (value === null ? 'too few' : `${format.number(value, 1)} d`)
  return [
    {
      id: 'name',
      title: 'Stream',
      value: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link href={`/streams/${encodeURIComponent(id)}${search}`} title={name}>
          {name}
        </Link>
      ),
    },
    {
      id: 'p85',
      title: `${span}, 85 %`,
      hint: '85 % of the items that finished in the period took this long or less. Line: by month of finish.',
      numeric: true,
      value: ({ p85 }) => p85.value,
      cell: ({ p85 }) => trend('85th percentile', days(p85.value), p85.trend),
    },
    {
      id: 'throughput',
      title: 'Throughput',
      hint: 'Items finished in the last whole week. Line: by week.',
      numeric: true,
      value: ({ throughput }) => throughput.value,
      cell: ({ throughput }) =>
        trend('Throughput', throughput.value === null ? '–' : `${format.number(throughput.value)} / week`, throughput.trend),
    },
    {
      id: 'wip',
      title: 'In progress',
      hint: 'Items started, neither finished nor removed, at the end of the period. Line: at each week’s end.',
      numeric: true,
      value: ({ wip }) => wip.value,
      cell: ({ wip }) => trend('Items in progress', wip.value === null ? '–' : format.count(wip.value, 'item'), wip.trend),
    },
    {
      id: 'age',
      title: 'Mean age',
      hint: 'How long the items in progress have been under way, on average. Line: at each week’s end.',
      numeric: true,
      value: ({ age }) => age.value,
      cell: ({ age }) => trend('Mean age', age.value === null ? '–' : `${format.number(age.value, 0)} d`, age.trend),
    },
  ]
}
