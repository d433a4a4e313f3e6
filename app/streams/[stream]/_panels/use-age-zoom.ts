'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { type AgeZoom, ageZoomBy, ageZoomParams, ageZoomText, readAgeZoom } from '@/lib/charts/age-zoom'
import type { Params } from '@/lib/client/scope'

/** A question waits until the reader has come to rest, ms. */
const REST = 250

export interface AgeZooming {
  /** As asked for; undefined: all ages. */
  readonly zoom: AgeZoom | undefined
  /** What is asked of a metric: that of the last rest. */
  readonly params: Params
  /** The reader moves on. */
  readonly isMoving: boolean
  set(zoom: AgeZoom | undefined): void
  /** Closer, wider, or all of it. */
  by(step: 1 | 0 | -1): void
}

/** The ages that are looked at; they stand in the address. @param oldest age of the oldest item in days */
export function useAgeZoom(oldest: number): AgeZooming {
  const [text, setText] = useQueryState('ages', parseAsString.withOptions({ history: 'push' }))
  const [rested] = useDebouncedValue(text, REST)
  const zoom = useMemo(() => readAgeZoom(text ?? ''), [text])
  const params = useMemo(() => ageZoomParams(readAgeZoom(rested ?? '')), [rested])
  const whole = { from: 1, to: oldest + 1 }
  const set = (next: AgeZoom | undefined) => void setText(next ? ageZoomText(next) : null)
  const by = (step: 1 | 0 | -1) => set(step === 0 ? undefined : ageZoomBy(step, zoom ?? whole, whole))
  return { zoom, params, isMoving: text !== rested, set, by }
}
