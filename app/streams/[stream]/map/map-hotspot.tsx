'use client'

import { Tooltip, UnstyledButton } from '@mantine/core'
import type { Box } from '@/lib/charts/value-stream-layout'
import classes from './map.module.css'

interface MapHotspotProps {
  readonly box: Box
  /** Of the whole picture, which may be shown smaller. */
  readonly of: { readonly width: number; readonly height: number }
  /** What it says, a line each; all of it is read out too. */
  readonly lines: readonly string[]
  readonly onOpen: () => void
  /** Says and opens what another button does: for the pointer alone. */
  readonly isRepeat?: boolean
}

/** A button over a part of the drawing. */
export function MapHotspot({ box, of, lines, onOpen, isRepeat = false }: MapHotspotProps) {
  const percent = (value: number, whole: number) => `${(100 * value) / whole}%`
  return (
    <Tooltip
      multiline
      maw={360}
      events={{ hover: true, focus: true, touch: false }}
      label={lines.map((line, index) => (
        <div key={line} style={index === 0 ? { fontWeight: 600 } : undefined}>
          {line}
        </div>
      ))}
    >
      <UnstyledButton
        className={classes.hotspot}
        aria-label={`${lines.join(' ')} Open the items.`}
        onClick={onOpen}
        aria-hidden={isRepeat || undefined}
        tabIndex={isRepeat ? -1 : undefined}
        style={{
          left: percent(box.x, of.width),
          top: percent(box.y, of.height),
          width: percent(box.width, of.width),
          height: percent(box.height, of.height),
        }}
      />
    </Tooltip>
  )
}
