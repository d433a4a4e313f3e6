'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import { kpiDays } from '@/lib/charts/kpi-trend'
import type { MetricAnswer } from '@/lib/client/decode'
import type { Columns } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import { parseDay } from '@/lib/time/day'
import { PanelEmpty, PanelError } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { panelState, useMetric } from '../_ui/use-metric'
import { GoalRow } from './goal-row'
import { goalTree } from './goal-tree'
import classes from './goals.module.css'

/** Goals on three levels, each with its KPIs against their target; all drawn alike, so that a column can be scanned. */
export function Goals() {
  const { portfolio } = useSnapshot()
  const result = useMetric('kpi-trend', {}, { unscoped: true, enabled: portfolio.kpis.length > 0 })
  const nodes = goalTree(portfolio.goals, portfolio.kpis)
  const range = useMemo(() => (result.data ? trendRange(result.data.columns, portfolio) : undefined), [result.data, portfolio])
  return (
    <section className={classes.goals} aria-labelledby="goals-title" data-panel="goals">
      <h2 className={classes.title} id="goals-title">
        Goals
      </h2>
      <p className={classes.facts}>
        KPI with its 95 % interval · dotted: baseline · wedge: path to the target · status is computed; filters and period do not change it
      </p>
      {nodes.length === 0 ? <NoGoals /> : null}
      {result.error ? <PanelError error={result.error} height={160} onRetry={panelState(result).retry} /> : null}
      {nodes.map((node) => (
        <GoalRow
          key={node.goal.id}
          node={node}
          answer={answerOf(result)}
          range={range}
          pending={result.isPending && result.fetchStatus !== 'idle'}
        />
      ))}
    </section>
  )
}

/** From the first value to the last value or due date. */
function trendRange(columns: Columns, { goals, kpis }: Portfolio): readonly [number, number] | undefined {
  const days = kpiDays(columns)
  const due = [...goals, ...kpis].flatMap((target) => (target.due === undefined ? [] : [parseDay(target.due) ?? 0]))
  return days.length ? [Math.min(...days), Math.max(...days, ...due)] : undefined
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
