'use client'

import { AgingPanel } from '../_panels/aging-panel'
import classes from '../_panels/stream-panels.module.css'
import { useStream } from '../_panels/use-stream'
import { BlockedPanel } from './blocked-panel'
import { HandoffsPanel } from './handoffs-panel'
import { ReworkPanel } from './rework-panel'
import { UnfinishedPanel } from './unfinished-panel'
import { WorkDrawer } from './work-drawer'

/** What is under way, what waits and what came back. */
export function WorkPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <AgingPanel stream={stream} />
      </div>
      <div className={classes.wide}>
        <UnfinishedPanel stream={stream} />
      </div>
      <div className={classes.wide}>
        <ReworkPanel stream={stream} />
      </div>
      <div className={classes.half}>
        <BlockedPanel stream={stream} />
      </div>
      <div className={classes.half}>
        <HandoffsPanel stream={stream} />
      </div>
      <WorkDrawer stream={stream} />
    </div>
  )
}
