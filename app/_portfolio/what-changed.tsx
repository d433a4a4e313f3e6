'use client'

import { IconArrowNarrowRight, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react'
import Link from 'next/link'
import { formatDay, parseDay } from '@/lib/time/day'
import { ExplainButton } from '../_ui/explain/explain-button'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { panelState, useMetric } from '../_ui/use-metric'
import { useScope, useScopeSearch } from '../_ui/use-scope'
import { type Change, flowChanges, foremost, goalChanges } from './changes'
import classes from './what-changed.module.css'

const HALF_YEAR = 182
const HEIGHT = 176

/** At most five sentences on what is so beyond noise, each a link to its picture. */
export function WhatChanged() {
  const { portfolio, snapshot, format } = useSnapshot()
  const { scope } = useScope()
  const search = useScopeSearch()
  const since = parseDay(scope.from ?? '') ?? snapshot.lastDay + 1 - HALF_YEAR
  const params = { from: formatDay(since), groupBy: 'stream', percentiles: '85' }
  const kpis = useMetric('kpi-trend', {}, { unscoped: true, enabled: portfolio.kpis.length > 0 })
  const span = useMetric('change', { ...params, of: 'span' })
  const throughput = useMetric('change', { ...params, of: 'throughput' })
  const state = panelState(span, throughput, ...(portfolio.kpis.length ? [kpis] : []))
  const isReady = span.data && throughput.data && (kpis.data || portfolio.kpis.length === 0)
  const flow =
    span.data && throughput.data
      ? [
          ...flowChanges({ of: 'span', columns: span.data.columns }, portfolio, format),
          ...flowChanges({ of: 'throughput', columns: throughput.data.columns }, portfolio, format),
        ]
      : []
  const changes = foremost(kpis.data ? goalChanges(kpis.data.columns, portfolio, format) : [], flow)
  const asked = [
    { metric: 'change', params: { ...params, of: 'span' }, label: 'Time' },
    { metric: 'change', params: { ...params, of: 'throughput' }, label: 'Throughput' },
  ]
  return (
    <section
      className={classes.panel}
      aria-labelledby="changed-title"
      data-panel="what-changed"
      aria-busy={state.isPending || state.isStale}
    >
      <h2 className={classes.title} id="changed-title">
        What changed <ExplainButton what="What changed" asked={asked} />
      </h2>
      <p className={classes.facts}>
        since {format.day(since)}, compared with as long before · only what is beyond noise (95 %) · goals as of{' '}
        {format.day(snapshot.lastDay)}
      </p>
      {state.error ? <PanelError error={state.error} height={HEIGHT} onRetry={state.retry} /> : null}
      {!state.error && !isReady ? (
        <div className={classes.waiting}>
          <PanelSkeleton height="100%" />
        </div>
      ) : null}
      {!state.error && isReady ? (
        <ul className={classes.list}>
          {changes.map((change) => (
            <Sentence key={change.id} change={change} search={search} />
          ))}
          {flow.length === 0 && (
            <li className={classes.noise}>
              <IconArrowNarrowRight size={16} aria-hidden /> Nothing but noise since {format.day(since)} in time and throughput of{' '}
              {format.count(portfolio.streams.length, 'stream')}.
            </li>
          )}
        </ul>
      ) : null}
    </section>
  )
}

function Sentence({ change: { tone, text, path, anchor }, search }: { change: Change; search: string }) {
  const Icon = tone === 'better' ? IconTrendingUp : IconTrendingDown
  return (
    <li data-tone={tone}>
      <Icon size={16} aria-label={tone} className={classes.mark} />
      <Link href={`${path}${search}${anchor ? `#${anchor}` : ''}`}>{text}</Link>
    </li>
  )
}
