'use client'

import { IconArrowNarrowRight, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import { ExplainButton } from '../_ui/explain/explain-button'
import { keptTogether } from '../_ui/kept-together'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { panelState, useMetric } from '../_ui/use-metric'
import { useScope, useScopeSearch } from '../_ui/use-scope'
import { type Change, changesAsked, comparedSince, type Said, saidOf } from './changes'
import classes from './what-changed.module.css'

const HEIGHT = 176

/** At most five sentences on what is so beyond noise, each a link to its picture. @param first what the server found before the page was there */
export function WhatChanged({ first }: { first: Said | undefined }) {
  const { portfolio, snapshot, format } = useSnapshot()
  const { scope } = useScope()
  const search = useScopeSearch()
  const [firstSearch] = useState(search)
  const since = comparedSince(scope.from, snapshot.lastDay)
  const params = changesAsked(since)
  const kpis = useMetric('kpi-trend', {}, { unscoped: true, enabled: portfolio.kpis.length > 0 })
  const span = useMetric('change', params.span)
  const throughput = useMetric('change', params.throughput)
  const state = panelState(span, throughput, ...(portfolio.kpis.length ? [kpis] : []))
  const isReady = span.data && throughput.data && (kpis.data || portfolio.kpis.length === 0)
  const said = isReady
    ? saidOf({ kpis: kpis.data?.columns, span: span.data.columns, throughput: throughput.data.columns }, portfolio, format)
    : search === firstSearch
      ? first
      : undefined
  const asked = [
    { metric: 'change', params: params.span, label: 'Time' },
    { metric: 'change', params: params.throughput, label: 'Throughput' },
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
      {!state.error && !said ? (
        <div className={classes.waiting}>
          <PanelSkeleton height="100%" />
        </div>
      ) : null}
      {!state.error && said ? (
        <ul className={classes.list}>
          {said.changes.map((change) => (
            <Sentence key={change.id} change={change} search={search} />
          ))}
          {said.isNoise && (
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
      <Link href={`${path}${search}${anchor ? `#${anchor}` : ''}`}>{keptTogether(text)}</Link>
    </li>
  )
}
