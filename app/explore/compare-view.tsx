'use client'

import { useMemo } from 'react'
import { rangeOf } from '@/lib/charts/explore-series'
import type { Params } from '@/lib/client/scope'
import { splitList } from '@/lib/model/scope'
import { periodText } from '../_ui/scope/period-text'
import { labelOf } from '../_ui/scope/use-facets'
import { useSnapshot } from '../_ui/shell-context'
import { useScope } from '../_ui/use-scope'
import { ChangeVerdict } from './change-verdict'
import classes from './explore.module.css'
import { ExplorePanel } from './explore-panel'
import { OtherPeriod, OtherSlice } from './other-side'
import type { Explored, ExploreState } from './use-explore'
import { useOtherPeriod } from './use-other-period'
import { useSide } from './use-side'

/** Two periods or two scopes beside each other, on one scale. */
export function CompareView({ state }: { state: ExploreState }) {
  const { explored } = state
  const other = useOther(explored)
  const here = useSide(explored)
  const there = useSide(explored, other.params ?? NOTHING, other.params !== undefined)
  const [seenHere, seenThere] = [here.seen, there.seen]
  const all = useMemo(() => [seenHere, seenThere].flatMap((seen) => (seen ? [seen.data] : [])), [seenHere, seenThere])
  const range = useMemo(() => rangeOf(all), [all])
  const isPeriod = explored.versus === 'period'
  const first = (
    <ExplorePanel id="explore" explored={explored} side={here} title={`${explored.form.title}: ${other.here}`} range={range} all={all} />
  )
  const second = other.params && (
    <ExplorePanel
      id="explore-other"
      explored={explored}
      side={there}
      title={`${explored.form.title}: ${other.there}`}
      range={range}
      all={all}
    />
  )
  return (
    <>
      <section className={classes.form} aria-label="What it is compared with">
        {isPeriod ? <OtherPeriod state={state} /> : <OtherSlice state={state} />}
        <ChangeVerdict explored={explored} />
      </section>
      <div className={classes.sides}>
        {isPeriod ? second : first}
        {isPeriod ? first : second}
      </div>
    </>
  )
}

const NOTHING: Params = {}

interface Other {
  /** What is asked in place of what the scope says; undefined while nothing is chosen. */
  readonly params?: Params
  readonly here: string
  readonly there: string
}

function useOther({ versus, other }: Explored): Other {
  const { scope } = useScope()
  const { portfolio, format } = useSnapshot()
  const before = useOtherPeriod(other)
  return useMemo(() => {
    if (versus === 'period') {
      return { params: before, here: periodText(scope, format), there: before ? periodText(before, format) : '' }
    }
    const { by, value } = other
    if (by === undefined || value === undefined) return { here: 'this scope', there: '' }
    const names = (values: readonly string[]) => values.map((one) => labelOf(by, one, portfolio)).join(', ')
    const mine = scope.dimensions[by as keyof typeof scope.dimensions] ?? []
    return { params: { [by]: value }, here: mine.length > 0 ? names(mine) : 'all', there: names(splitList(value)) }
  }, [versus, other, before, scope, format, portfolio])
}
