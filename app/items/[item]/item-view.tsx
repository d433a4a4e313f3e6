'use client'

import { IconExternalLink } from '@tabler/icons-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { lifeLine } from '@/lib/charts/life-line'
import type { MetricAnswer } from '@/lib/client/decode'
import { ExplainButton } from '../../_ui/explain/explain-button'
import { PageFrame } from '../../_ui/page-frame'
import { PanelError, PanelSkeleton } from '../../_ui/panel-states'
import { useSnapshot } from '../../_ui/shell-context'
import { type MetricResult, panelState, useMetric } from '../../_ui/use-metric'
import { Comparison } from './comparison'
import { itemFacts } from './item-facts'
import classes from './item-view.module.css'
import { LifePanel } from './life-panel'
import { StayTable } from './stay-table'

/** One item: what it is, where it was and how long. */
export function ItemView({ item }: { item: string }) {
  const header = useMetric('items', { item, limit: '10' })
  const life = useMetric('item-life', { item })
  const state = panelState(header, life)
  if (state.error) {
    return (
      <PageFrame title={item}>
        <PanelError error={state.error} height={320} onRetry={state.retry} />
      </PageFrame>
    )
  }
  if (!header.data || !life.data) return <Waiting item={item} />
  if (header.data.columns.rowCount === 0) return <UnknownItem item={item} />
  return <Loaded item={item} header={header.data} life={life} />
}

function Waiting({ item }: { item: string }) {
  return (
    <PageFrame title={item} lead={' '}>
      <PanelSkeleton height={320} />
    </PageFrame>
  )
}

function UnknownItem({ item }: { item: string }) {
  return (
    <PageFrame title={item}>
      <p>
        This snapshot holds no such item. It may have been removed from its tracker, or the link may name another stream.{' '}
        <Link href="/">Go to the portfolio</Link>.
      </p>
    </PageFrame>
  )
}

const COMPUTED: Readonly<Record<string, string>> = {
  Age: 'The age is the column age_days: days from the start of the span to the day asked for, both included.',
  'Flow time': 'It is the column age_days: days from the start of the span to the finish, both included.',
}

function Loaded({ item, header, life }: { item: string; header: MetricAnswer; life: MetricResult }) {
  const { snapshot, portfolio, format } = useSnapshot()
  const facts = itemFacts(header.columns, portfolio, format)
  const stream = portfolio.streams.find(({ id }) => id === facts.streamId)
  const until = (snapshot.lastDay + 1) * 86_400_000
  const line = useMemo(() => {
    const done = stream?.stages.filter((stage) => stage.kind === 'done').map(({ id }) => id)
    return life.data ? lifeLine(life.data.columns, until, done) : undefined
  }, [life.data, until, stream])
  if (!stream || !line || !life.data) return null
  return (
    <PageFrame
      title={facts.title ? `${facts.key} · ${facts.title}` : facts.key}
      lead={
        <>
          <Link href={`/streams/${encodeURIComponent(stream.id)}`}>{stream.name}</Link>
          {facts.url && (
            <>
              {' · '}
              <a href={facts.url} rel="noreferrer" target="_blank">
                open in the tracker <IconExternalLink size={12} aria-hidden />
              </a>
            </>
          )}
        </>
      }
    >
      <dl className={classes.facts}>
        {facts.list.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              {value}
              {term in COMPUTED && (
                <ExplainButton what={`${term} of ${facts.key}`} asked={{ metric: 'items', params: { item }, about: COMPUTED[term] }} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {facts.days !== null && facts.days > 0 && (
        <Comparison streamId={facts.streamId} type={facts.type} days={facts.days} isFinished={facts.isFinished} />
      )}
      <div className={classes.panels}>
        <LifePanel item={item} line={line} stream={stream} result={life} />
        <StayTable item={item} line={line} columns={life.data.columns} stream={stream} />
      </div>
    </PageFrame>
  )
}
