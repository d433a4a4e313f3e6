'use client'

import { Button, Collapse } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { explainQuery } from '@/lib/client/explain'
import { ExplainedQueries } from '../_ui/explain/explained-queries'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { useAskedParams } from '../_ui/use-metric'
import classes from './explore.module.css'
import type { Explored } from './use-explore'

/** The statements that gave what is shown, as they were run. */
export function SqlPanel({ explored: { form, asked } }: { explored: Explored }) {
  const [isOpen, setOpen] = useQueryState('sql', parseAsBoolean.withDefault(false).withOptions({ history: 'push' }))
  return (
    <section className={classes.sql}>
      <Button variant="subtle" aria-expanded={isOpen} aria-controls="explore-sql" onClick={() => void setOpen(isOpen ? null : true)}>
        {isOpen ? 'Hide the SQL' : 'Show the SQL as run'}
      </Button>
      <Collapse expanded={isOpen} transitionDuration={0} id="explore-sql">
        {isOpen && <Statements metric={form.name} asked={asked} />}
      </Collapse>
    </section>
  )
}

function Statements({ metric, asked }: { metric: string; asked: Explored['asked'] }) {
  const { snapshot } = useSnapshot()
  const params = useAskedParams(asked)
  const result = useQuery(explainQuery(snapshot.id, metric, { ...params, limit: '1' }))
  if (result.error) return <PanelError error={result.error} height={160} onRetry={() => void result.refetch()} />
  if (!result.data) return <PanelSkeleton height={240} />
  return <ExplainedQueries told={result.data} />
}
