'use client'

import { useMemo } from 'react'
import type { ExploreMeasure } from '@/lib/charts/explore'
import { type ExploreData, exploreData, type NameOf } from '@/lib/charts/explore-series'
import { type ExploreShape, isRatio, measureOf, shapeOf } from '@/lib/charts/explore-shape'
import type { Params } from '@/lib/client/scope'
import type { Columns } from '@/lib/model/columns'
import { type MetricResult, useMetric } from '../_ui/use-metric'
import type { MetricForm } from './metric-form'
import type { Explored } from './use-explore'
import { useNaming } from './use-naming'

/** One answer, ready to be shown. */
export interface Side {
  readonly result: MetricResult
  /** What it was asked beside the scope. */
  readonly params: Params
  readonly nameOf: NameOf
  readonly seen?: { readonly columns: Columns; readonly shape: ExploreShape; readonly data: ExploreData; readonly measure: ExploreMeasure }
}

/** Asks for what is explored, with `over` in place of what the scope says. */
export function useSide({ form, asked, split, y, missing }: Explored, over: Params = NOTHING, enabled = true): Side {
  const params = useMemo(() => ({ ...asked, ...over }), [asked, over])
  const result = useMetric(form.name, params, { enabled: enabled && missing === undefined })
  const nameOf = useNaming(split)
  const answer = result.data
  const seen = useMemo(() => {
    // While the next metric is on its way, the columns are still those of the last one.
    if (!answer || answer.meta.metric !== form.name) return undefined
    const { columns } = answer
    const shape = shapeOf(form.columns, columns, split)
    const measure = drawnOf(form, columns, y)
    if (!measure) return undefined
    return { columns, shape, measure, data: exploreData(columns, shape, measure.column, nameOf) }
  }, [answer, form, split, y, nameOf])
  return { result, params, nameOf, seen }
}

const NOTHING: Params = {}
const COUNTED = ['items', 'moves', 'spells']

function drawnOf({ columns: infos, figure, unit }: MetricForm, columns: Columns, asked: string | undefined): ExploreMeasure | undefined {
  const there = infos.filter(({ name }) => columns.has(name))
  const info = measureOf(there, { asked, figure, unit })
  if (!info) return undefined
  const share = isRatio(info.name)
  const isCount = info.kind === 'int' && COUNTED.includes(info.unit ?? '')
  return { column: info.name, meaning: info.meaning, unit: info.unit ?? (share ? '' : unit), isCount, isRatio: share }
}
