'use client'

import { OccupancyPanel } from '../_panels/occupancy-panel'
import classes from '../_panels/stream-panels.module.css'
import { useStream } from '../_panels/use-stream'
import { MapPanel } from './map-panel'

/** The stages of the stream with what was measured at each. */
export function MapPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <MapPanel stream={stream} />
      </div>
      <div className={classes.wide}>
        <OccupancyPanel stream={stream} />
      </div>
    </div>
  )
}
