'use client'

import { useMemo } from 'react'
import { parseDay } from '@/lib/time/day'
import { dimensionName } from '../_ui/scope/dimension-name'
import { periodText } from '../_ui/scope/period-text'
import { useSnapshot } from '../_ui/shell-context'
import { useAskedParams } from '../_ui/use-metric'
import type { Explored } from './use-explore'
import type { Side } from './use-side'

/** unit · n · period · as of · rule, as they were in force. */
export function useSideFacts({ result, params, seen }: Side, { split }: Explored, leftOut: number): (string | undefined)[] {
  const { format } = useSnapshot()
  const asked = useAskedParams(params)
  const answer = result.data
  return useMemo(() => {
    if (!answer || !seen) return []
    const { measure, columns, shape } = seen
    const sliced = split !== undefined || Object.keys(asked).some((name) => ['team', 'type', 'goal', 'priority'].includes(name))
    const asOf = asked.asOf === undefined ? undefined : parseDay(asked.asOf)
    return [
      measure.isRatio ? 'share in %' : measure.unit,
      split !== undefined && shape.keys.length > 0 ? `by ${dimensionName(split).toLowerCase()}` : undefined,
      format.count(columns.rowCount, shape.hasItems ? 'item' : 'row'),
      periodText(asked, format),
      asOf === undefined ? undefined : `as of ${format.day(asOf)}`,
      sliced && answer.meta.params.rule ? `sliced ${String(answer.meta.params.rule).replaceAll('_', ' ')}` : undefined,
      leftOut > 0 ? `${format.count(leftOut, 'smaller series', 'smaller series')} left out: see the heat table` : undefined,
    ]
  }, [answer, seen, asked, split, leftOut, format])
}
