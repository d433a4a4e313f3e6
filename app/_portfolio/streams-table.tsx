'use client'

import { useMemo } from 'react'
import { DataTable, type TableColumn } from '../_ui/data-table'
import { PanelEmpty, PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { spanTitle } from '../_ui/span-title'
import { panelState } from '../_ui/use-metric'
import { useScope, useScopeSearch } from '../_ui/use-scope'
import { StreamCards } from './stream-cards'
import { streamColumns } from './stream-columns'
import classes from './streams-table.module.css'
import { type StreamFigures, useStreamFigures } from './use-stream-figures'

const ROW = 44

/** Every value stream in a line: how long, how many, how much at once, how old; each with its trend. */
export function StreamsTable() {
  const { format, portfolio } = useSnapshot()
  const search = useScopeSearch()
  const { figures, results } = useStreamFigures()
  const { scope } = useScope()
  const span = spanTitle(scope.span, portfolio.streams)
  const columns = useMemo(() => streamColumns(format, search, span), [format, search, span])
  const state = panelState(...results)
  const height = 32 + ROW * Math.min(Math.max(figures.length, 1), 12)
  return (
    <section className={classes.panel} aria-labelledby="streams-title" data-panel="streams" aria-busy={state.isPending || state.isStale}>
      <h2 className={classes.title} id="streams-title">
        Value streams
      </h2>
      <p className={classes.facts}>
        {format.count(figures.length, 'stream')} · {span} in days: 85 % within, by month · per week and at each week’s end · efficiency and
        in time by month of finish
      </p>
      {state.error ? <PanelError error={state.error} height={160} onRetry={state.retry} /> : null}
      {!state.error && state.isPending ? <PanelSkeleton height={height} /> : null}
      {!state.error && !state.isPending ? <Body figures={figures} columns={columns} height={height} stale={state.isStale} /> : null}
    </section>
  )
}

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
