'use client'

import { useMemo } from 'react'
import type { ExploreMeasure } from '@/lib/charts/explore'
import { type ExploreData, exploreData, type NameOf } from '@/lib/charts/explore-series'
import { type ColumnInfo, type ExploreShape, measuresOf, shapeOf } from '@/lib/charts/explore-shape'
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
    const measure = measureOf(form, columns, y)
    if (!measure) return undefined
    return { columns, shape, measure, data: exploreData(columns, shape, measure.column, nameOf) }
  }, [answer, form, split, y, nameOf])
  return { result, params, nameOf, seen }
}

const NOTHING: Params = {}
const COUNTED = ['items', 'moves', 'spells']

/** The figure that is drawn: the one chosen, else the metric's own, else its first. */
function measureOf(form: MetricForm, columns: Columns, y: string | undefined): ExploreMeasure | undefined {
  const all = measuresOf(form.columns).filter(({ name }) => columns.has(name))
  const info = all.find(({ name }) => name === y) ?? all.find(({ name }) => name === form.figure) ?? firstOf(all, form)
  if (!info) return undefined
  const isRatio = info.name === 'ratio' || info.name.endsWith('_ratio')
  const isCount = info.kind === 'int' && COUNTED.includes(info.unit ?? '')
  return { column: info.name, meaning: info.meaning, unit: info.unit ?? (isRatio ? '' : form.unit), isCount, isRatio }
}

/** Days where days are what the metric is about, and so on. */
function firstOf(all: readonly ColumnInfo[], { unit }: MetricForm): ColumnInfo | undefined {
  const isMain = ({ unit: own, name }: ColumnInfo) => own === unit || (unit === 'ratio' && (name === 'ratio' || name.endsWith('_ratio')))
  return all.find(isMain) ?? all[0]
}
