'use client'

import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import Link from 'next/link'
import type { ValueStream } from '@/lib/model/value-stream'
import { ExplainButton } from '../../../_ui/explain/explain-button'
import { keptTogether } from '../../../_ui/kept-together'
import { PanelError } from '../../../_ui/panel-states'
import { useSnapshot } from '../../../_ui/shell-context'
import { Sparkline } from '../../../_ui/sparkline'
import { panelState } from '../../../_ui/use-metric'
import { useScopeSearch } from '../../../_ui/use-scope'
import type { Headline } from './headline-list'
import classes from './headlines.module.css'
import { useHeadlines } from './use-headlines'

const HEIGHT = 190
const ICONS = { better: IconCircleCheck, worse: IconAlertTriangle, noise: IconCircleDashed }

/** Six figures that say how the stream is. */
export function Headlines({ stream }: { stream: ValueStream }) {
  const { headlines, results, period } = useHeadlines(stream)
  const { format } = useSnapshot()
  const search = useScopeSearch()
  const state = panelState(...results)
  const base = `/streams/${encodeURIComponent(stream.id)}`
  const name = period.isDefault ? 'The last 13 weeks' : 'The period'
  return (
    <section className={classes.row} aria-labelledby="headlines-title" aria-busy={state.isPending || state.isStale} data-headlines>
      <h2 className={classes.title} id="headlines-title">
        {name}, {format.day(period.from)} – {format.day(period.to - 1)}: times and counts against as long a time before, shares against what
        is usual
      </h2>
      {state.error ? (
        <PanelError error={state.error} height={HEIGHT} onRetry={state.retry} />
      ) : (
        <ul className={classes.tiles} data-stale={state.isStale || undefined}>
          {headlines.map((headline) => (
            <Tile
              key={headline.id}
              headline={headline}
              isPending={state.isPending}
              stream={stream.name}
              href={`${base}/${headline.tab}${search}#${headline.anchor}-title`}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface TileProps {
  readonly headline: Headline
  readonly isPending: boolean
  readonly stream: string
  readonly href: string
}

function Tile({ headline, isPending, stream, href }: TileProps) {
  const { id, title, shown, unit, trend, line, judgement, sentence, asked } = headline
  const Icon = ICONS[judgement?.tone ?? 'noise']
  return (
    <li className={classes.tile} style={{ minHeight: HEIGHT }} data-headline={id}>
      <div className={classes.head}>
        <Link className={classes.name} href={href}>
          {title}
        </Link>
        <ExplainButton what={`${title} of ${stream}`} asked={asked} />
      </div>
      {!isPending && (
        <>
          <p className={classes.figure}>
            <span className={classes.value}>{shown}</span> <span className={classes.unit}>{unit}</span>
          </p>
          <Sparkline values={trend} label={`${title}, ${line}, last value ${shown} ${unit}`} />
          <p className={classes.sentence}>
            {judgement && (
              <span className={classes.word} data-tone={judgement.tone}>
                <Icon size={14} aria-hidden /> {judgement.word}
              </span>
            )}
            {keptTogether(sentence)}
          </p>
        </>
      )}
    </li>
  )
}
