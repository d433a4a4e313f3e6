'use client'

import { useMemo } from 'react'
import type { AgingWorkInput } from '@/lib/charts/aging-work'
import type { ValueStream } from '@/lib/model/value-stream'
import type { AskedMetric } from '../../../_ui/explain/question'
import type { PanelState } from '../../../_ui/panel'
import { expectationOf } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { type AgeZooming, useAgeZoom } from './use-age-zoom'
import { type Aging, useAging } from './use-aging'
import { useShown } from './use-shown'

interface AgingPicture {
  /** All unfinished items, and those of the ages that are looked at. */
  readonly whole: Aging
  readonly part: Aging
  /** Absent until the answer is there. */
  readonly input: AgingWorkInput | undefined
  readonly zooming: AgeZooming
  readonly state: PanelState
  readonly asked: readonly [AskedMetric, ...AskedMetric[]]
}

/** What the aging chart of a stream is made of, for the ages that are looked at. */
export function useAgingPicture(stream: ValueStream): AgingPicture {
  const own = { stream: stream.id }
  const whole = useAging(stream)
  const zooming = useAgeZoom(whole.density?.oldest ?? 1)
  const part = useAging(stream, zooming.params)
  const pace = useMetric('pace', own)
  const sle = expectationOf(stream, useScope().scope.span)
  const isOnItsWay = part.result.isPlaceholderData || zooming.isMoving
  const zoom = useShown(zooming.zoom, isOnItsWay)
  const columns = part.result.data?.columns
  const input = useMemo<AgingWorkInput | undefined>(
    () => columns && { columns, pace: pace.data?.columns, stages: stream.stages, sle, zoom },
    [columns, pace.data, stream, sle, zoom],
  )
  const state = panelState(part.result, whole.result, pace)
  return {
    ...{ whole, part, input, zooming, state: { ...state, isStale: state.isStale || isOnItsWay } },
    asked: [
      { metric: 'aging-density', params: part.params, label: 'Ages' },
      { metric: 'pace', params: own, label: 'Bands of pace' },
    ],
  }
}
