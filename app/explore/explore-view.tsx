'use client'

import { CompareView } from './compare-view'
import classes from './explore.module.css'
import { ExploreForm } from './explore-form'
import { ExplorePanel } from './explore-panel'
import type { MetricArea } from './metric-form'
import { SqlPanel } from './sql-panel'
import { useExplore } from './use-explore'
import { useSide } from './use-side'

/** The form, what it asks for, and the SQL that answered. */
export function ExploreView({ areas }: { areas: readonly MetricArea[] }) {
  const state = useExplore(areas)
  const { explored } = state
  return (
    <div className={classes.view}>
      <ExploreForm areas={areas} state={state} />
      {explored.versus === 'none' ? <Alone explored={explored} /> : <CompareView state={state} />}
      {explored.missing === undefined && <SqlPanel explored={explored} />}
    </div>
  )
}

function Alone({ explored }: { explored: ReturnType<typeof useExplore>['explored'] }) {
  const side = useSide(explored)
  return <ExplorePanel id="explore" explored={explored} side={side} title={explored.form.title} />
}
