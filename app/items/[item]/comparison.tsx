'use client'

import type { Columns } from '@/lib/model/columns'
import { ExplainButton } from '../../_ui/explain/explain-button'
import { keptTogether } from '../../_ui/kept-together'
import { useSnapshot } from '../../_ui/shell-context'
import { useMetric } from '../../_ui/use-metric'
import { useScope } from '../../_ui/use-scope'
import classes from './item-view.module.css'
import { shareBelow } from './share-below'

interface ComparisonProps {
  readonly streamId: string
  readonly type: string
  readonly days: number
  readonly isFinished: boolean
}

const FEWEST = 11

/** How an item compares with those of its stream and type that finished. */
export function Comparison({ streamId, type, days, isFinished }: ComparisonProps) {
  const { format } = useSnapshot()
  const { scope } = useScope()
  const params = { stream: streamId, ...(type ? { type } : {}), ...(scope.span ? { span: scope.span } : {}) }
  const { data } = useMetric('span-histogram', params, { unscoped: true })
  return (
    <p className={classes.comparison} data-panel="comparison">
      {data ? keptTogether(sentence(data.columns, { days, isFinished, type, format })) : '\u00a0'}
      {data && (
        <ExplainButton
          what="How it compares"
          asked={{ metric: 'span-histogram', params, unscoped: true, about: 'The share of items whose time was shorter.' }}
        />
      )}
    </p>
  )
}

interface Told extends Pick<ComparisonProps, 'days' | 'isFinished' | 'type'> {
  readonly format: ReturnType<typeof useSnapshot>['format']
}

function sentence(columns: Columns, { days, isFinished, type, format }: Told): string {
  const { n, share } = shareBelow(columns, days)
  const like = type ? `items of type ${type}` : 'items'
  if (n < FEWEST || share === undefined) return `Only ${format.count(n, 'item')} like it finished: too few to compare with.`
  // Rounded down: nothing takes longer than all, itself among them.
  const percent = format.percent(Math.floor(share * 100 + 1e-9) / 100)
  return isFinished
    ? `It took longer than ${percent} of the ${format.number(n)} ${like} of this stream that finished.`
    : `It is older than ${percent} of the ${format.number(n)} ${like} of this stream were when they finished.${share >= 0.85 ? ' Look at it first.' : ''}`
}
