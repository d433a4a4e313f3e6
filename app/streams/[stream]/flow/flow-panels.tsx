'use client'

import { FlowPanel } from '../_panels/flow-panel'
import { OccupancyPanel } from '../_panels/occupancy-panel'
import { ScatterPanel } from '../_panels/scatter-panel'
import classes from '../_panels/stream-panels.module.css'
import { ThroughputPanel } from '../_panels/throughput-panel'
import { useStream } from '../_panels/use-stream'
import { WipPanel } from '../_panels/wip-panel'

/** How work flows: what comes, how long it takes, what leaves. */
export function FlowPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <FlowPanel stream={stream} />
      </div>
      <div className={classes.wide}>
        <ScatterPanel stream={stream} />
      </div>
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
      <div className={classes.wide}>
        <OccupancyPanel stream={stream} />
      </div>
    </div>
  )
}
