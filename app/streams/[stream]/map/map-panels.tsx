'use client'

import { OccupancyPanel } from '../_panels/occupancy-panel'
import classes from '../_panels/stream-panels.module.css'
import { useStream } from '../_panels/use-stream'
import { EvidencePanel } from './evidence-panel'
import { MapPanel } from './map-panel'
import { StageTimesPanel } from './stage-times-panel'
import { useMapItems } from './use-map-items'

/** The stages of the stream with what was measured at each. */
export function MapPanels({ streamId }: { streamId: string }) {
  const stream = useStream(streamId)
  const items = useMapItems()
  if (!stream) return null
  return (
    <div className={classes.grid}>
      <div className={classes.wide}>
        <MapPanel stream={stream} items={items} />
      </div>
      <div className={classes.wide}>
        <EvidencePanel stream={stream} items={items} />
      </div>
      <div className={classes.wide}>
        <StageTimesPanel stream={stream} items={items} />
      </div>
      <div className={classes.wide}>
        <OccupancyPanel stream={stream} />
      </div>
    </div>
  )
}
