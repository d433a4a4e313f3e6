'use client'

import { BehaviourPanel } from '../_panels/behaviour-panel'
import { FlowPanel } from '../_panels/flow-panel'
import { HistogramPanel } from '../_panels/histogram-panel'
import { LittlesLawPanel } from '../_panels/littles-law-panel'
import { NetFlowPanel } from '../_panels/net-flow-panel'
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
      <div className={classes.wide}>
        <BehaviourPanel stream={stream} />
      </div>
      <HistogramPanel stream={stream} />
      <LittlesLawPanel stream={stream} />
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
      <NetFlowPanel stream={stream} />
      <OccupancyPanel stream={stream} />
    </div>
  )
}
