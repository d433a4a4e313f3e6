'use client'

import { useSnapshot } from '../../../_ui/shell-context'
import { AgingPanel } from './aging-panel'
import { FlowPanel } from './flow-panel'
import { OccupancyPanel } from './occupancy-panel'
import { ScatterPanel } from './scatter-panel'
import classes from './stream-panels.module.css'
import { ThroughputPanel } from './throughput-panel'
import { WipPanel } from './wip-panel'

/** More stages than this need the whole width for their names. */
const MOST_IN_HALF = 6

export function StreamPanels({ streamId }: { streamId: string }) {
  const { portfolio } = useSnapshot()
  const stream = portfolio.streams.find(({ id }) => id === streamId)
  if (!stream) return null
  const crowded = stream.stages.length > MOST_IN_HALF
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <FlowPanel stream={stream} />
      </div>
      <div className={crowded ? classes.wide : classes.half}>
        <ScatterPanel stream={stream} />
      </div>
      <div className={crowded ? classes.wide : classes.half}>
        <AgingPanel stream={stream} />
      </div>
      <ThroughputPanel stream={stream} />
      <WipPanel stream={stream} />
      <div className={classes.wide}>
        <OccupancyPanel stream={stream} />
      </div>
    </div>
  )
}
