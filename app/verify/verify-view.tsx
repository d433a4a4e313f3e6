'use client'

import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { verifyQuery } from '@/lib/client/verify'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { AreaChecks } from './area-checks'
import { foundAreas } from './found-areas'
import { Published } from './published'
import { Result } from './result'
import { Running } from './running'
import classes from './verify.module.css'

/** Runs all checks on demand; a result that the server still has is shown at once. The outcome stands first. */
export function VerifyView() {
  const { snapshot } = useSnapshot()
  const [isAsked, setIsAsked] = useState(false)
  const kept = useQuery(verifyQuery(snapshot.id, { kept: true }))
  const run = useQuery({ ...verifyQuery(snapshot.id, { kept: false }), enabled: isAsked })
  const error = run.isFetching ? null : (run.error ?? kept.error)
  const found = run.isFetching || error ? null : (run.data ?? kept.data)
  const areas = found ? foundAreas(found) : []
  const start = () => (isAsked ? void run.refetch() : setIsAsked(true))
  return (
    <>
      {error && <PanelError error={error} height={200} onRetry={() => void (isAsked ? run : kept).refetch()} />}
      {run.isFetching && <Running />}
      {!error && !run.isFetching && !found && (kept.isPending ? <PanelSkeleton height={200} /> : <NotRun onStart={start} />)}
      {found && <Result found={found} areas={areas} onAgain={start} />}
      <Published />
      {areas.map((area) => (
        <AreaChecks key={area.name} area={area} />
      ))}
    </>
  )
}

function NotRun({ onStart }: { onStart: () => void }) {
  return (
    <section className={classes.card} aria-labelledby="not-run">
      <h2 id="not-run">Not run yet</h2>
      <p className={classes.text}>
        The server keeps the result for this snapshot as long as its files are untouched. A first run goes through the whole history and
        takes a minute or two.
      </p>
      <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={onStart}>
        Run all checks
      </Button>
      <p className={classes.note}>
        On the command line, with exit code 1 when a check fails: <code>npx streamgauge verify</code>
      </p>
    </section>
  )
}
