'use client'

import { Skeleton } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import type { ChartContext } from '@/lib/charts/context'
import { kpiOutlook, kpiTrend, kpiVerdict } from '@/lib/charts/kpi-trend'
import type { MetricAnswer } from '@/lib/client/decode'
import type { Columns } from '@/lib/model/columns'
import type { Goal } from '@/lib/model/goal'
import type { Kpi } from '@/lib/model/kpi'
import { parseDay } from '@/lib/time/day'
import { Chart } from '../_ui/chart'
import { ExplainButton } from '../_ui/explain/explain-button'
import { FirstChart } from '../_ui/first-chart'
import { keptTogether } from '../_ui/kept-together'
import { useShell } from '../_ui/shell-context'
import { StatusMark } from '../_ui/status-mark'
import { GoalFlowFigures } from './goal-flow'
import type { GoalNode } from './goal-tree'
import classes from './goals.module.css'
import { CHART_HEIGHT, kpiOf, kpiPictureId } from './kpi-picture'
import type { useGoalFlow } from './use-goal-flow'

interface GoalRowProps {
  readonly node: GoalNode
  /** First and last day of all trends: one time axis for the whole column. */
  readonly range: readonly [number, number] | undefined
  readonly answer: MetricAnswer | undefined
  readonly pending: boolean
  readonly flow: ReturnType<typeof useGoalFlow>
}

/** A goal, the flow that serves it, and its KPIs. */
export function GoalRow({ node: { goal, depth, kpis }, answer, pending, range, flow }: GoalRowProps) {
  const { format } = useShell()
  const due = goal.due === undefined ? undefined : parseDay(goal.due)
  const facts = [goal.level, goal.owner, due === undefined ? undefined : `due ${format.day(due)}`].filter(Boolean).join(' · ')
  return (
    <article id={`goal-${goal.id}`} className={classes.goal} data-depth={Math.min(depth, 2)} aria-label={`Goal: ${goal.name}`}>
      <div className={classes.words}>
        <h3 className={classes.goalName}>{goal.name}</h3>
        <p className={classes.goalFacts}>{facts}</p>
        <div className={classes.served}>
          {flow.served ? (
            <GoalFlowFigures goal={goal} flow={flow.served.of(goal.id)} finished={flow.served.finished} lastDay={flow.served.lastDay} />
          ) : null}
        </div>
      </div>
      <div className={classes.kpis}>
        {kpis.length === 0 && (
          <p className={classes.goalFacts}>No KPI measures this goal itself{depth < 2 ? '; see the goals below it' : ''}.</p>
        )}
        {kpis.map((kpi) => (
          <KpiRow key={kpi.id} kpi={kpi} goal={goal} answer={answer} pending={pending} range={range} />
        ))}
      </div>
    </article>
  )
}

interface KpiRowProps {
  readonly kpi: Kpi
  readonly goal: Goal
  readonly range: readonly [number, number] | undefined
  readonly answer: MetricAnswer | undefined
  readonly pending: boolean
}

function KpiRow({ kpi, goal, answer, pending, range }: KpiRowProps) {
  const columns = useMemo(() => {
    if (!answer) return undefined
    return kpiOf(answer.columns, kpi.id)
  }, [answer, kpi.id])
  const { format } = useShell()
  const verdict = columns && kpiVerdict(columns, format)
  return (
    <div className={classes.kpi} data-kpi={kpi.id}>
      <div className={classes.kpiName}>
        {kpi.name}
        <span className={classes.facts}>
          {kpi.area.replaceAll('-', ' ')} · {DIRECTION[kpi.direction]}
        </span>
      </div>
      <KpiFigure kpi={kpi} value={verdict?.value ?? null} />
      <div className={classes.chart}>
        {columns && columns.rowCount > 0 ? <KpiChart columns={columns} kpi={kpi} due={kpi.due ?? goal.due} range={range} /> : null}
        {pending ? <Skeleton height={CHART_HEIGHT} animate={false} /> : null}
        <FirstChart id={kpiPictureId(kpi.id)} />
        {columns?.rowCount === 0 ? <p className={classes.facts}>No values in this period.</p> : null}
      </div>
      <div className={classes.status}>
        {verdict ? <StatusMark status={verdict.status} /> : null}
        <p className={classes.explanation}>{verdict && keptTogether(verdict.explanation)}</p>
      </div>
    </div>
  )
}

const DIRECTION: Record<Kpi['direction'], string> = { higher: 'higher is better', lower: 'lower is better', within: 'best near the target' }

const LATEST = 'The figure is the last value of the trend; status and sentence beside it are computed from the latest points.'

function KpiFigure({ kpi, value }: { kpi: Kpi; value: number | null }) {
  const { format } = useShell()
  return (
    <p className={classes.figure}>
      <strong>{value === null ? '–' : format.number(value, 1)}</strong> {kpi.unit}
      <ExplainButton what={kpi.name} asked={{ metric: 'kpi-trend', params: { kpi: kpi.id }, unscoped: true, about: LATEST }} />{' '}
      <span className={classes.facts}>
        target {format.number(kpi.target, 2)}
        {kpi.baseline === undefined ? '' : `, from ${format.number(kpi.baseline, 2)}`}
      </span>
    </p>
  )
}

interface KpiChartProps {
  readonly columns: Columns
  readonly kpi: Kpi
  readonly due: string | undefined
  readonly range: readonly [number, number] | undefined
}

function KpiChart({ columns, kpi, due, range }: KpiChartProps) {
  const build = useCallback((context: ChartContext) => kpiTrend({ columns, kpi, due, range }, context), [columns, kpi, due, range])
  const outlook = kpiOutlook({ columns, kpi, due }, useShell().format)
  return <Chart label={`Trend of ${kpi.name} against its target. ${outlook ?? ''}`} height={CHART_HEIGHT} build={build} />
}
