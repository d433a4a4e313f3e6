'use client'

import { stageColors } from '@/lib/charts/colors'
import type { Format } from '@/lib/charts/format'
import { ladderBox, layoutMap, type MapLayout, type PlacedMove } from '@/lib/charts/value-stream-layout'
import type { StreamMap } from '@/lib/charts/value-stream-map'
import { doneLines, moveText, stageLines, timeText, wrapText } from '@/lib/charts/value-stream-text'
import type { ValueStream } from '@/lib/model/value-stream'
import { bothSchemes } from '../../../_ui/both-schemes'
import classes from './map.module.css'
import { MapHotspot } from './map-hotspot'
import { Ladder } from './map-ladder'
import { BoxMark, MoveMark, TagMark, TriangleMark } from './map-marks'
import type { MapItems } from './use-map-items'

interface MapPictureProps {
  readonly map: StreamMap
  readonly stream: ValueStream
  readonly room: number
  readonly efficiency: number | undefined
  readonly items: MapItems
  readonly onDone: () => void
  readonly format: Format
}

/** The map from left to right; buttons lie over the drawing, which itself is silent. */
export function MapPicture(props: MapPictureProps) {
  const layout = layoutMap(props.map, props.room)
  return (
    <div className={classes.picture} style={{ width: layout.width, aspectRatio: `${layout.width} / ${layout.height}` }}>
      <Drawing {...props} layout={layout} />
      <Hotspots {...props} layout={layout} />
    </div>
  )
}

type Laid = MapPictureProps & { readonly layout: MapLayout }

function Drawing({ map, stream, layout, efficiency, format }: Laid) {
  const { width, height, done } = layout
  const color = (id: string) => bothSchemes((palette) => stageColors(stream.stages, palette).get(id))
  const doneId = stream.stages.find(({ kind }) => kind === 'done')?.id ?? ''
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={classes.svg} aria-hidden>
      <defs>
        <Head id="map-head-on" className={classes.headOn} />
        <Head id="map-head-back" className={classes.headBack} />
      </defs>
      {layout.arrows.map((placed) => (
        <MoveMark key={placed.move.id} placed={placed} format={format} />
      ))}
      {layout.stages.map((placed) => {
        const Mark = placed.stage.kind === 'queue' ? TriangleMark : BoxMark
        return <Mark key={placed.stage.id} placed={placed} color={color(placed.stage.id)} format={format} />
      })}
      <rect x={done.x + 0.5} y={done.y + 0.5} width={done.width - 1} height={done.height - 1} rx={3} className={classes.box} />
      <rect x={done.x + 1} y={done.y + 1} width={done.width - 2} height={5} fill={color(doneId)} />
      {wrapText(map.doneName, 15, 2).map((name, line) => (
        <text key={name} x={done.x + 9} y={done.y + 24 + line * 15} className={classes.name}>
          {name}
        </text>
      ))}
      <text x={done.x + 14} y={done.y + done.height / 2 + 4} className={classes.figure}>
        {format.number(map.doneCount)}
      </text>
      <text x={done.x + 14} y={done.y + done.height / 2 + 20} className={classes.note}>
        times reached
      </text>
      {layout.loops.map((placed) => (
        <MoveMark key={placed.move.id} placed={placed} format={format} isLoop />
      ))}
      {layout.stages.map((placed) => (
        <TagMark key={placed.stage.id} placed={placed} top={layout.tagTop} format={format} bounds={width} />
      ))}
      <Ladder map={map} layout={layout} efficiency={efficiency} format={format} />
    </svg>
  )
}

function Head({ id, className }: { id: string; className: string | undefined }) {
  return (
    <marker id={id} viewBox="0 0 8 8" refX={2} refY={4} markerWidth={9} markerHeight={9} markerUnits="userSpaceOnUse" orient="auto">
      <path d="M0 0L8 4L0 8Z" className={className} />
    </marker>
  )
}

function Hotspots({ map, layout, items, onDone, format }: Laid) {
  const move = (placed: PlacedMove, width: number, height: number) => {
    const { x, y } = placed.label
    const box = { x: x - width / 2, y: y - height / 2, width, height }
    return (
      <MapHotspot
        key={placed.move.id}
        box={box}
        of={layout}
        lines={[moveText(placed.move, format)]}
        onOpen={() => items.openMove(placed.move)}
      />
    )
  }
  return (
    <>
      {layout.stages.map(({ stage, box }) => (
        <MapHotspot key={stage.id} box={box} of={layout} lines={stageLines(stage, format)} onOpen={() => items.openStage(stage.id)} />
      ))}
      <MapHotspot box={layout.done} of={layout} lines={doneLines(map, format)} onOpen={onDone} />
      {layout.arrows.map((placed) => move(placed, 24, 24))}
      {layout.loops.map((placed) => move(placed, 56, 22))}
      {layout.stages.flatMap(({ stage, steps }) =>
        steps.map((step) => (
          <MapHotspot
            key={`${stage.id} ${step.from}`}
            box={ladderBox(layout, step)}
            of={layout}
            lines={[`${stage.name}: ${timeText(step.days, format)} ${step.up ? 'waiting' : 'active'}`]}
            onOpen={() => items.openStage(stage.id)}
            isRepeat
          />
        )),
      )}
    </>
  )
}
