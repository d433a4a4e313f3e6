'use client'

import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { currentSnapshotQuery } from '@/lib/client/queries'
import { parseDay } from '@/lib/time/day'
import { useShell } from './shell-context'
import classes from './snapshot-notice.module.css'

/** What a reader has to know of the snapshot before its figures. */
export function SnapshotNotices() {
  return (
    <>
      <FailedVerification />
      <NewerSnapshot />
    </>
  )
}

/** How a build says that its own figures do not hold. */
const FAILED = 'Verification failed'

function FailedVerification() {
  const { snapshot, format } = useShell()
  const failed = snapshot?.warnings.filter((warning) => warning.startsWith(FAILED)) ?? []
  if (failed.length === 0) return null
  return (
    <div className={classes.notice} data-tone="worse" role="alert">
      <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
      <span>
        This snapshot failed its verification when it was published: {format.count(failed.length, 'check does', 'checks do')} not hold.{' '}
        <Link href="/verify">See which</Link>
      </span>
    </div>
  )
}

/** A quiet line when newer data is served than the page shows; nothing changes until the reader says so. */
function NewerSnapshot() {
  const { snapshot, format } = useShell()
  const router = useRouter()
  const current = useQuery(currentSnapshotQuery())
  if (!current.data || current.data.id === snapshot?.id) return null
  return (
    <div className={classes.notice} role="status">
      <span>
        {snapshot ? 'Newer data is there' : 'Data is there'}: {current.data.name}, as of {format.day(parseDay(current.data.as_of) ?? 0)}.
      </span>
      <Button onClick={() => router.refresh()}>Load</Button>
    </div>
  )
}
