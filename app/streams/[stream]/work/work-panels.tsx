'use client'

import { AgingPanel } from '../_panels/aging-panel'
import classes from '../_panels/stream-panels.module.css'
import { useStream } from '../_panels/use-stream'

/** What is under way, what waits and what came back. */
export function WorkPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <AgingPanel stream={stream} />
      </div>
    </div>
  )
}
