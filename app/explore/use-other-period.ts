'use client'

import { useMemo } from 'react'
import { formatDay, parseDay } from '@/lib/time/day'
import { useSnapshot } from '../_ui/shell-context'
import { useScope } from '../_ui/use-scope'

/** The period before the scope's, as long as it, unless another one is chosen; undefined where there is none. */
export function useOtherPeriod(other: { from?: string; to?: string }): { from: string; to: string } | undefined {
  const { scope } = useScope()
  const { snapshot } = useSnapshot()
  const { from, to } = other
  return useMemo(() => {
    if (from !== undefined && to !== undefined && isBefore(from, to)) return { from, to }
    const start = scope.from === undefined ? undefined : parseDay(scope.from)
    if (start === undefined) return undefined
    const end = (scope.to === undefined ? undefined : parseDay(scope.to)) ?? snapshot.lastDay + 1
    return { from: formatDay(start - Math.max(1, end - start)), to: formatDay(start) }
  }, [from, to, scope.from, scope.to, snapshot.lastDay])
}

function isBefore(from: string, to: string): boolean {
  const [first, end] = [parseDay(from), parseDay(to)]
  return first !== undefined && end !== undefined && first < end
}
