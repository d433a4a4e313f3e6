'use client'

import type { ReactNode } from 'react'
import type { RequestError } from '@/lib/client/problem-error'
import type { AskedMetric } from './explain/question'
import { FirstChart } from './first-chart'
import { keptTogether } from './kept-together'
import classes from './panel.module.css'
import { PanelFoot } from './panel-foot'
import { PanelEmpty, PanelError, PanelSkeleton } from './panel-states'

export interface PanelState {
  /** Nothing to show yet. */
  readonly isPending: boolean
  /** The picture is the last one; the next is on its way. */
  readonly isStale: boolean
  readonly error: RequestError | null
  readonly retry: () => void
}

export interface EmptyText {
  readonly title: string
  readonly text: string
}

export interface PanelProps {
  readonly id: string
  readonly title: string
  /** unit · n · period · slice rule */
  readonly facts: readonly (string | undefined)[]
  readonly verdict?: string
  readonly controls?: ReactNode
  readonly state: PanelState
  /** When there is nothing to draw: what would be here and how to get it. */
  readonly empty?: EmptyText
  /** What the picture is made of, the main one first: the foot explains them and gives the first as a file. */
  readonly asked: readonly [AskedMetric, ...AskedMetric[]]
  readonly table?: () => ReactNode
  /** Of the picture, px: the skeleton has it too, so that nothing jumps. */
  readonly height: number
  readonly legend?: ReactNode
  readonly children: ReactNode
}

/** Title, what is measured, one sentence, the picture, and how it came about. */
export function Panel(props: PanelProps) {
  const { id, state, height } = props
  return (
    <section className={classes.panel} aria-labelledby={`${id}-title`} aria-busy={state.isPending || state.isStale} data-panel={id}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.title} id={`${id}-title`}>
            {props.title}
          </h2>
          <p className={classes.facts}>{state.isPending ? ' ' : props.facts.filter(Boolean).join(' · ')}</p>
        </div>
        {props.controls && <div className={classes.controls}>{props.controls}</div>}
      </header>
      <p className={classes.verdict}>{state.isPending || state.error ? ' ' : keptTogether(props.verdict ?? '')}</p>
      {props.legend && <div data-legend>{props.legend}</div>}
      <div className={classes.body} style={{ minHeight: height }} data-stale={state.isStale || undefined}>
        <PanelBody {...props} />
        {!state.error && (state.isPending || !props.empty) && <FirstChart id={id} />}
      </div>
      <PanelFoot {...props} />
    </section>
  )
}

function PanelBody({ state, empty, height, children }: PanelProps) {
  if (state.error) return <PanelError error={state.error} height={height} onRetry={state.retry} />
  if (state.isPending) return <PanelSkeleton height={height} />
  if (empty) return <PanelEmpty empty={empty} height={height} />
  return children
}
