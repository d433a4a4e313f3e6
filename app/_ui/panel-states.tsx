'use client'

import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { RequestError } from '@/lib/client/problem-error'
import { faultText } from '@/lib/problem'
import type { EmptyText } from './panel'
import classes from './panel-states.module.css'

/** Takes exactly the place of the picture to come. */
export function PanelSkeleton({ height }: { height: number | string }) {
  return <Skeleton height={height} animate={false} radius="sm" aria-hidden />
}

/** What would be seen here, what is missing, how to get it. */
export function PanelEmpty({ empty, height }: { empty: EmptyText; height: number }) {
  return (
    <div className={classes.state} style={{ minHeight: height }}>
      <p className={classes.title}>{empty.title}</p>
      <p className={classes.text}>{empty.text}</p>
    </div>
  )
}

/** What went wrong, why, what to do, and a way to try again. */
export function PanelError({ error, height, onRetry }: { error: RequestError; height: number; onRetry: () => void }) {
  const { body } = error
  return (
    <div className={classes.state} style={{ minHeight: height }} role="alert">
      <IconAlertTriangle size={20} aria-hidden className={classes.icon} />
      <p className={classes.title}>{error.message}</p>
      {body && body.detail !== body.title && <p className={classes.text}>{body.detail}</p>}
      {body?.faults.map((fault) => (
        <p className={classes.text} key={`${fault.where} ${fault.message}`}>
          {faultText(fault)}
        </p>
      ))}
      <p className={classes.text}>{adviceFor(error)}</p>
      <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}

function adviceFor(error: RequestError): string {
  if (error.status === 0) return 'Check that the server is running and that this machine is connected.'
  if (error.status === 404) return 'The snapshot may have been removed: reload the page to see the current one.'
  if (error.mayPass) return 'It may pass; if it does not, the server’s log says more.'
  return 'Change the filters above, or clear them.'
}
