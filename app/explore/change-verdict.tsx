'use client'

import { changeSentence } from '@/lib/charts/explore-change'
import type { Params } from '@/lib/client/scope'
import { ExplainButton } from '../_ui/explain/explain-button'
import { useSnapshot } from '../_ui/shell-context'
import { useMetric } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'
import classes from './explore.module.css'
import type { Explored } from './use-explore'
import { useNaming } from './use-naming'
import { useOtherPeriod } from './use-other-period'

const MOST_SAID = 12

/** What may be claimed of the difference: what the test says, or that there is none. */
export function ChangeVerdict({ explored }: { explored: Explored }) {
  const { form, versus, other } = explored
  const before = useOtherPeriod(other)
  if (versus === 'slice') {
    return (
      <p className={classes.verdict}>
        There is no test between two scopes: a difference may be noise, or come of other work. Compare two periods of one scope to have a
        change tested.
      </p>
    )
  }
  if (!before) return null
  if (!form.tested) {
    return (
      <p className={classes.verdict}>
        There is no test for this metric: what differs may be noise. Throughput and the time to finish can be tested.
      </p>
    )
  }
  return <Tested explored={explored} of={form.tested} before={before} />
}

interface TestedProps {
  readonly explored: Explored
  readonly of: 'span' | 'throughput'
  readonly before: { readonly from: string; readonly to: string }
}

function Tested({ explored: { form, split }, of, before }: TestedProps) {
  const { format } = useSnapshot()
  const { scope } = useScope()
  const nameOf = useNaming(split)
  const isSplit = split !== undefined && form.uses.includes('groupBy')
  const params: Params = { of, beforeFrom: before.from, beforeTo: before.to, ...(isSplit ? { groupBy: split } : {}) }
  const result = useMetric('change', params)
  const columns = result.data?.columns
  const said = columns ? Array.from({ length: Math.min(columns.rowCount, MOST_SAID) }, (_, row) => row) : []
  const sentence = (row: number) => (columns ? changeSentence({ columns, of, unit: scope.unit ?? 'days' }, row, format) : '')
  if (result.error) return <p className={classes.verdict}>The change can’t be tested: {result.error.message}</p>
  if (!columns)
    return (
      <p className={classes.verdict} aria-busy="true">
        Testing the change…
      </p>
    )
  return (
    <div className={classes.verdict} data-testid="change-verdict">
      {said.length === 0 && <p>Nothing finished in either period.</p>}
      {said.length === 1 && <p>{sentence(0)}</p>}
      {said.length > 1 && (
        <ul className={classes.verdicts}>
          {said.map((row) => (
            <li key={row}>
              <strong>{nameOf('group', columns.texts('group')[row] ?? '')}.</strong> {sentence(row)}
            </li>
          ))}
        </ul>
      )}
      {columns.rowCount > MOST_SAID && (
        <p className={classes.note}>{format.count(columns.rowCount - MOST_SAID, 'more value')} tested along with these.</p>
      )}
      <ExplainButton what="the change" asked={[{ metric: 'change', params }]} />
    </div>
  )
}
