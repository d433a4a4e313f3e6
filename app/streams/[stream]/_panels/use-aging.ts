'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { type AgingDensity, agingDensityOf } from '@/lib/charts/aging-density'
import type { Params } from '@/lib/client/scope'
import type { ValueStream } from '@/lib/model/value-stream'
import { type MetricResult, useMetric } from '../../../_ui/use-metric'

export interface Aging {
  readonly result: MetricResult
  /** What was asked. */
  readonly params: Params
  /** Absent until the answer is there. */
  readonly density: AgingDensity | undefined
}

/** The unfinished items of a stream as they are drawn: counted in cells, or one by one while they are few. @param part ages that are looked at */
export function useAging(stream: ValueStream, part: Params = {}): Aging {
  const [selected] = useQueryState('selected', parseAsString)
  const params: Params = { stream: stream.id, ...(selected === null ? {} : { selected }), ...part }
  const result = useMetric('aging-density', params)
  const columns = result.data?.columns
  const density = useMemo(() => columns && agingDensityOf(columns), [columns])
  return { result, params, density }
}
