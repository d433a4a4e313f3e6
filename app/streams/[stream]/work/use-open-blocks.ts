'use client'

import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricAnswer } from '@/lib/client/decode'
import { metricQuery } from '@/lib/client/queries'
import type { ValueStream } from '@/lib/model/value-stream'
import { parseDay } from '@/lib/time/day'
import { dayStart } from '@/lib/time/zone'
import { useSnapshot } from '../../../_ui/shell-context'
import { useAskedParams } from '../../../_ui/use-metric'

/** Each item's life is a question of its own, so only the oldest are asked for. */
export const MOST_BLOCKED = 40
const MS_PER_DAY = 86_400_000

export interface OpenBlock {
  /** Row of the item in the answer. */
  readonly row: number
  /** Elapsed days blocked at the end of the period; undefined until it is known. */
  readonly days: number | undefined
}

/** How long the blocks of items have lasted. @param answer a page of `items` that are blocked */
export function useOpenBlocks(answer: MetricAnswer, stream: ValueStream): readonly OpenBlock[] {
  const { snapshot } = useSnapshot()
  const { asOf } = useAskedParams({})
  const ids = useMemo(() => answer.columns.texts('item_id'), [answer])
  const end = endOf(answer, stream)
  const lives = useQueries({
    queries: ids.map((item) => metricQuery(snapshot.id, 'item-life', { stream: stream.id, item, ...(asOf ? { asOf } : {}) })),
  })
  return ids.map((_, row) => ({ row, days: blockAge(lives[row]?.data, end) }))
}

/** Instant at which the period ends, in the zone of the stream. */
function endOf({ meta }: MetricAnswer, stream: ValueStream): number {
  const day = parseDay(String(meta.params.to ?? '')) ?? (parseDay(meta.as_of) ?? 0) + 1
  return dayStart(day, stream.timezone)
}

function blockAge(life: MetricAnswer | undefined, end: number): number | undefined {
  if (!life) return undefined
  const { columns } = life
  const [kinds, began, ended] = [columns.texts('kind'), columns.numbers('entered_at'), columns.numbers('left_at')]
  const lasting = kinds.flatMap((kind, row) => {
    const [from, to] = [began[row] ?? end, ended[row] ?? null]
    return kind === 'blocked' && from < end && (to === null || to >= end) ? [from] : []
  })
  return lasting.length === 0 ? undefined : (end - Math.min(...lasting)) / MS_PER_DAY
}
