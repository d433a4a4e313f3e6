'use client'

import { useSnapshot } from '../../../_ui/shell-context'
import { AgingPanel } from './aging-panel'
import { FlowPanel } from './flow-panel'
import { OccupancyPanel } from './occupancy-panel'
import { ScatterPanel } from './scatter-panel'
import classes from './stream-panels.module.css'
import { ThroughputPanel } from './throughput-panel'
import { WipPanel } from './wip-panel'

export function StreamPanels({ streamId }: { streamId: string }) {
  const { portfolio } = useSnapshot()
  const stream = portfolio.streams.find(({ id }) => id === streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <FlowPanel stream={stream} />
      </div>
      <ScatterPanel stream={stream} />
      <AgingPanel stream={stream} />
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
      <div className={classes.wide}>
        <OccupancyPanel stream={stream} />
      </div>
    </div>
  )
}
