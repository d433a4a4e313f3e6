'use client'

import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { verifyQuery } from '@/lib/client/verify'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { Checks } from './checks'
import { Running } from './running'
import classes from './verify.module.css'

/** Runs all checks on demand; a result that the server still has is shown at once. */
export function VerifyView() {
  const { snapshot } = useSnapshot()
  const [isAsked, setIsAsked] = useState(false)
  const kept = useQuery(verifyQuery(snapshot.id, { kept: true }))
  const run = useQuery({ ...verifyQuery(snapshot.id, { kept: false }), enabled: isAsked })
  const error = run.error ?? kept.error
  const retry = () => void (isAsked ? run : kept).refetch()
  if (error && !run.isFetching) return <PanelError error={error} height={200} onRetry={retry} />
  if (run.isFetching) return <Running />
  const found = run.data ?? kept.data
  if (found) return <Checks found={found} onAgain={() => (isAsked ? void run.refetch() : setIsAsked(true))} />
  if (kept.isPending) return <PanelSkeleton height={200} />
  return (
    <section className={classes.card} aria-labelledby="not-run">
      <h2 id="not-run">Not run yet</h2>
      <p className={classes.text}>
        The server keeps the result for this snapshot as long as its files are untouched. A first run goes through the whole history and
        takes a minute or two.
      </p>
      <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => setIsAsked(true)}>
        Run all checks
      </Button>
      <CommandLine />
    </section>
  )
}

function CommandLine() {
  return (
    <p className={classes.note}>
      On the command line, with exit code 1 when a check fails: <code>npx streamgauge verify</code>
    </p>
  )
}
