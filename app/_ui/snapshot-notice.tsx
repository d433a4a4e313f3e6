'use client'

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { currentSnapshotQuery } from '@/lib/client/queries'
import { parseDay } from '@/lib/time/day'
import { useShell } from './shell-context'
import classes from './snapshot-notice.module.css'

/** A quiet line when newer data is served than the page shows; nothing changes until the reader says so. */
export function SnapshotNotice() {
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
