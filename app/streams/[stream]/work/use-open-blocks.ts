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
  /** Row of the item in the answer of aging-work. */
  readonly row: number
  /** Elapsed days blocked at the end of the period; undefined until it is known. */
  readonly days: number | undefined
}

/** The blocked ones among the unfinished items, with how long the block has lasted. */
export function useOpenBlocks(answer: MetricAnswer | undefined, stream: ValueStream): readonly OpenBlock[] {
  const { snapshot } = useSnapshot()
  const { asOf } = useAskedParams({})
  const rows = useMemo(() => blockedRows(answer), [answer])
  const ids = answer?.columns.texts('item_id') ?? []
  const end = answer ? endOf(answer, stream) : 0
  const lives = useQueries({
    queries: rows.map((row) =>
      metricQuery(snapshot.id, 'item-life', { stream: stream.id, item: ids[row] ?? '', ...(asOf ? { asOf } : {}) }),
    ),
  })
  return rows.map((row, index) => ({ row, days: blockAge(lives[index]?.data, end) }))
}

function blockedRows(answer: MetricAnswer | undefined): number[] {
  if (!answer) return []
  const [flags, ages] = [answer.columns.flags('blocked'), answer.columns.numbers('age_days')]
  return flags
    .flatMap((flag, row) => (flag ? [row] : []))
    .sort((a, b) => (ages[b] ?? 0) - (ages[a] ?? 0))
    .slice(0, MOST_BLOCKED)
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
