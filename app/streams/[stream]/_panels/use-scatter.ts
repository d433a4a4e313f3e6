'use client'

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { type Density, densityOf } from '@/lib/charts/density'
import { annotationsOf } from '@/lib/charts/marks/annotation'
import type { ScatterplotInput } from '@/lib/charts/scatterplot'
import type { MetricAnswer } from '@/lib/client/decode'
import type { Params } from '@/lib/client/scope'
import type { Unit } from '@/lib/model/unit'
import type { ValueStream } from '@/lib/model/value-stream'
import type { AskedMetric } from '../../../_ui/explain/question'
import type { PanelState } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { useShown } from './use-shown'
import { useZoom, type Zooming } from './use-zoom'

const SCALES = ['linear', 'log'] as const

interface Scatter {
  readonly answer: MetricAnswer | undefined
  /** Absent until the answer is there. */
  readonly input: ScatterplotInput | undefined
  readonly density: Density | undefined
  readonly unit: Unit
  readonly scale: 'linear' | 'log'
  readonly zooming: Zooming
  readonly state: PanelState
  readonly asked: readonly [AskedMetric, ...AskedMetric[]]
  setScale(scale: string): void
}

/** What the scatterplot of a stream is made of, for the part that is looked at. */
export function useScatter(stream: ValueStream): Scatter {
  const own = { stream: stream.id }
  const monthly = { ...own, grain: 'month', percentiles: '85' }
  const [scale, setScale] = useQueryState('scale', parseAsStringLiteral(SCALES).withDefault('linear'))
  const [selected] = useQueryState('selected', parseAsString)
  const { scope } = useScope()
  const { portfolio } = useSnapshot()
  const zooming = useZoom()
  const part: Params = { ...own, ...(scale === 'log' ? { scale } : {}), ...(selected === null ? {} : { selected }), ...zooming.params }
  const items = useMetric('span-density', part)
  const percentiles = useMetric('span-percentiles', own)
  const running = useMetric('span-percentiles', monthly)
  const columns = items.data?.columns
  const unit: Unit = scope.unit ?? (scope.policy === 'sum_of_visits' ? 'elapsed' : 'days')
  const sle = expectationOf(stream, scope.span)
  const isOnItsWay = items.isPlaceholderData || zooming.isMoving
  const shown = useShown(zooming.zoom, isOnItsWay)
  const density = useMemo(() => columns && densityOf(columns), [columns])
  const input = useMemo<ScatterplotInput | undefined>(
    () =>
      columns && {
        ...{ columns, percentiles: percentiles.data?.columns, running: running.data?.columns },
        ...{ unit, scale, sle, zoom: shown, annotations: annotationsOf(portfolio.annotations, stream.id) },
      },
    [columns, percentiles.data, running.data, unit, scale, sle, stream, portfolio, shown],
  )
  const state = panelState(items, percentiles, running)
  return {
    ...{ answer: items.data, input, density, unit, scale, zooming, state: { ...state, isStale: state.isStale || isOnItsWay } },
    setScale: (value) => void setScale(value === 'log' ? 'log' : 'linear'),
    asked: [
      { metric: 'span-density', params: part, label: 'Cells and dots' },
      { metric: 'span-percentiles', params: own, label: 'Percentiles' },
      { metric: 'span-percentiles', params: monthly, label: 'Stepped line' },
    ],
  }
}
