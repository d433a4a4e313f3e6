'use client'

import { UnstyledButton } from '@mantine/core'
import { NO_VALUE } from '@/lib/model/dimension'
import type { Goal } from '@/lib/model/goal'
import { joinList } from '@/lib/model/scope'
import { formatDay } from '@/lib/time/day'
import { useDrill } from '../_ui/drill'
import { ExplainButton } from '../_ui/explain/explain-button'
import type { AskedMetric } from '../_ui/explain/question'
import { useShell } from '../_ui/shell-context'
import { useMetric } from '../_ui/use-metric'
import type { GoalFlow } from './goal-flow-figures'
import classes from './goals.module.css'

interface GoalFlowProps {
  readonly goal: Goal
  readonly flow: GoalFlow
  /** Finished items of the whole scope. */
  readonly finished: number
  /** Last day of the window. */
  readonly lastDay: number
}

/** The work that serves a goal: how much is done, under way, and how long it takes; each leads to its items. */
export function GoalFlowFigures({ goal, flow, finished, lastDay }: GoalFlowProps) {
  const { format } = useShell()
  const openDrill = useDrill()
  const only = { goal: flow.goals.length ? joinList(flow.goals) : NO_VALUE }
  const asked = { ...only, percentiles: '85' }
  const time = useMetric('span-percentiles', asked, { enabled: flow.goals.length > 0 && flow.finished > 0 })
  const value = time.data?.columns.flags('enough')[0] ? (time.data.columns.numbers('value')[0] ?? null) : null
  const share = finished > 0 ? format.percent(flow.finished / finished, flow.finished / finished < 0.1 ? 1 : 0) : undefined
  const explained: AskedMetric[] = [
    {
      metric: 'throughput',
      params: only,
      label: 'Finished',
      about: 'The sum of all periods; the share is of all finished items in scope.',
    },
    { metric: 'wip', params: only, label: 'In progress', about: 'The last day of the period.' },
    { metric: 'span-percentiles', params: asked, label: 'Time' },
  ]
  return (
    <dl className={classes.flow} aria-label={`Flow that serves ${goal.name}`}>
      <div>
        <dt>Finished</dt>
        <dd>
          <UnstyledButton
            className={classes.open}
            disabled={flow.finished === 0}
            onClick={() => openDrill({ title: `Finished for “${goal.name}”`, params: { ...only, status: 'finished' } })}
          >
            {format.number(flow.finished)}
          </UnstyledButton>
          {share === undefined ? null : <span className={classes.dim}> {share}</span>}
        </dd>
      </div>
      <div>
        <dt>In progress</dt>
        <dd>
          <UnstyledButton
            className={classes.open}
            disabled={flow.wip === 0}
            onClick={() =>
              openDrill({ title: `In progress for “${goal.name}”`, params: { ...only, onDay: formatDay(lastDay), status: 'in_progress' } })
            }
          >
            {format.number(flow.wip)}
          </UnstyledButton>
        </dd>
      </div>
      <div>
        <dt>85 % within</dt>
        <dd>
          {value === null ? (flow.finished === 0 ? '–' : time.data ? 'too few' : '…') : `${format.number(value, 1)} d`}
          <ExplainButton what={`Flow that serves ${goal.name}`} asked={explained} />
        </dd>
      </div>
    </dl>
  )
}
