'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricAnswer } from '@/lib/client/decode'
import { ExplainButton } from '../_ui/explain/explain-button'
import { keptTogether } from '../_ui/kept-together'
import { PanelEmpty, PanelError } from '../_ui/panel-states'
import { periodText } from '../_ui/scope/period-text'
import { useSnapshot } from '../_ui/shell-context'
import { panelState, useMetric } from '../_ui/use-metric'
import { useScope } from '../_ui/use-scope'
import type { Served } from './goal-flow-figures'
import { GoalRow } from './goal-row'
import { goalTree } from './goal-tree'
import classes from './goals.module.css'
import { trendRange } from './trend-range'
import { SERVED_ASKED, useGoalFlow } from './use-goal-flow'

/** Goals on three levels, each with its KPIs against their target; all drawn alike, so that a column can be scanned. */
export function Goals() {
  const { portfolio } = useSnapshot()
  const result = useMetric('kpi-trend', {}, { unscoped: true, enabled: portfolio.kpis.length > 0 })
  const nodes = goalTree(portfolio.goals, portfolio.kpis)
  const flow = useGoalFlow()
  const flowState = panelState(...flow.results)
  const range = useMemo(() => (result.data ? trendRange(result.data.columns, portfolio) : undefined), [result.data, portfolio])
  return (
    <section className={classes.goals} aria-labelledby="goals-title" data-panel="goals">
      <h2 className={classes.title} id="goals-title">
        Goals
      </h2>
      <p className={classes.facts}>
        KPI with its 95 % interval · dotted: baseline · wedge: path to the target · dashed: the trend that decides the status, on to the due
        date, with its 95 % interval · status is computed, whatever the filters and the period
      </p>
      {nodes.length === 0 ? <NoGoals /> : <Aligned served={flow.served} />}
      {result.error ? <PanelError error={result.error} height={160} onRetry={panelState(result).retry} /> : null}
      {!result.error && flowState.error && nodes.length > 0 ? (
        <PanelError error={flowState.error} height={120} onRetry={flowState.retry} />
      ) : null}
      {nodes.map((node) => (
        <GoalRow
          key={node.goal.id}
          node={node}
          answer={answerOf(result)}
          range={range}
          flow={flow}
          pending={result.isPending && result.fetchStatus !== 'idle'}
        />
      ))}
    </section>
  )
}

/** How much of the finished work serves any goal. */
function Aligned({ served }: { served: Served | undefined }) {
  const { format } = useSnapshot()
  const { scope } = useScope()
  if (!served) return <p className={classes.verdict}> </p>
  const { finished, aligned } = served
  if (finished === 0) return <p className={classes.verdict}>No item was finished in this scope.</p>
  const period = periodText(scope, format)
  return (
    <p className={classes.verdict}>
      {keptTogether(
        `${format.percent(aligned / finished)} of ${format.count(finished, 'finished item')} serve a goal, ${format.percent(1 - aligned / finished)} serve none.`,
      )}{' '}
      <ExplainButton what="The share of work that serves a goal" asked={SERVED_ASKED} />
      <span className={classes.facts}>
        {period} · beside each goal the flow that serves it or a goal below it, with the filters that are on
      </span>
    </p>
  )
}

function answerOf(result: UseQueryResult<MetricAnswer, Error>): MetricAnswer | undefined {
  return result.error ? undefined : result.data
}

function NoGoals() {
  return (
    <PanelEmpty
      height={120}
      empty={{
        title: 'No goals yet',
        text: 'With goals and KPIs in the portfolio file you would see here whether the flow of work moves what it is for. Add “goals:” and “kpis:” to it and build again.',
      }}
    />
  )
}
