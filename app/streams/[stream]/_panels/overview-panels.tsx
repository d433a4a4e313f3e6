'use client'

import { AgingPanel } from './aging-panel'
import { FLOW_HEIGHT } from './flow-input'
import { FlowPanel } from './flow-panel'
import { Headlines } from './headlines'
import classes from './stream-panels.module.css'
import { ThroughputPanel } from './throughput-panel'
import { useStream } from './use-stream'
import { WipPanel } from './wip-panel'

/** The health of a stream in one screen: six figures, what flows, and what is getting old. */
export function OverviewPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <Headlines stream={stream} />
      </div>
      <FlowPanel stream={stream} height={FLOW_HEIGHT.half} />
      <AgingPanel stream={stream} height={FLOW_HEIGHT.half + 40} />
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
    </div>
  )
}
