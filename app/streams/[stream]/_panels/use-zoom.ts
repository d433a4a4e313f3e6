'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { readZoom, type Zoom, zoomBy, zoomText } from '@/lib/charts/zoom'
import { formatDay, parseDay } from '@/lib/time/day'
import { useSnapshot } from '../../../_ui/shell-context'
import { useScope } from '../../../_ui/use-scope'

/** A question waits until the reader has come to rest, ms. */
const REST = 250

export interface Zooming {
  /** As asked for; undefined: the whole period. */
  readonly zoom: Zoom | undefined
  /** The days of the period. */
  readonly whole: Zoom
  /** What is asked of a metric: that of the last rest. */
  readonly params: Readonly<Record<string, string>>
  /** The reader moves on. */
  readonly isMoving: boolean
  set(zoom: Zoom | undefined): void
  /** Closer, wider, or all of it. */
  by(step: 1 | 0 | -1): void
}

/** The part of a picture of finished items that is looked at; it stands in the address. */
export function useZoom(): Zooming {
  const { snapshot } = useSnapshot()
  const { scope } = useScope()
  const [text, setText] = useQueryState('zoom', parseAsString.withOptions({ history: 'push' }))
  const [rested] = useDebouncedValue(text, REST)
  const lastDay = Math.min(parseDay(scope.asOf ?? '') ?? snapshot.lastDay, snapshot.lastDay)
  const from = parseDay(scope.from ?? '') ?? snapshot.firstDay
  const to = Math.max(from + 1, Math.min(parseDay(scope.to ?? '') ?? lastDay + 1, lastDay + 1))
  const zoom = useMemo(() => (text === null ? undefined : readZoom(text, { from, to })), [text, from, to])
  const params = useMemo(() => paramsOf(rested === null ? undefined : readZoom(rested, { from, to })), [rested, from, to])
  const whole = { from, to }
  const set = (next: Zoom | undefined) => void setText(next ? zoomText(next) : null)
  const by = (step: 1 | 0 | -1) => set(step === 0 ? undefined : zoomBy(step, zoom ?? whole, whole))
  return { zoom, whole, params, isMoving: text !== rested, set, by }
}

function paramsOf(zoom: Zoom | undefined): Record<string, string> {
  if (!zoom) return {}
  const { from, to, lengthFrom, lengthTo } = zoom
  const days = { from: formatDay(from), to: formatDay(to) }
  return lengthFrom === undefined || lengthTo === undefined ? days : { ...days, lengthFrom: String(lengthFrom), lengthTo: String(lengthTo) }
}
