'use client'

import { AgingPanel } from './aging-panel'
import { FlowPanel } from './flow-panel'
import classes from './stream-panels.module.css'
import { ThroughputPanel } from './throughput-panel'
import { useStream } from './use-stream'
import { WipPanel } from './wip-panel'

/** The health of a stream in one screen. */
export function OverviewPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <FlowPanel stream={stream} />
      </div>
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
      <div className={classes.wide}>
        <AgingPanel stream={stream} />
      </div>
    </div>
  )
}
