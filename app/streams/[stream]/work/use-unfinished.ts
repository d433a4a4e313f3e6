'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import type { Params } from '@/lib/client/scope'
import type { Columns } from '@/lib/model/columns'
import type { ValueStream } from '@/lib/model/value-stream'
import type { TablePage, TableSort } from '../../../_ui/data-table'
import { type MetricResult, useAskedParams, useMetric } from '../../../_ui/use-metric'

export const PAGE = 200
/** A question waits until the typing rests, ms. */
const REST = 200
/** What the server sorts by, where it is not called as the column; how an age compares only grows with it. */
const SORTED_BY: Readonly<Record<string, string>> = { pace: 'age', risk: 'age' }

interface Unfinished {
  readonly result: MetricResult
  readonly params: Params
  readonly columns: Columns | undefined
  /** Items that hold the words. */
  readonly found: number
  readonly page: TablePage
  readonly onPage: (offset: number) => void
  /** As typed, and as asked for. */
  readonly typed: string
  readonly words: string
  readonly onType: (text: string) => void
}

/** A page of the unfinished items, searched and sorted by the server. */
export function useUnfinished(stream: ValueStream): Unfinished {
  const [typed, setTyped] = useQueryState('find', parseAsString.withDefault(''))
  const [rested] = useDebouncedValue(typed.trim(), REST)
  const [sort, setSort] = useState<TableSort>({ id: 'age', desc: true })
  // Blocked ones come first when a column of texts is first sorted.
  const isUp = sort.id === 'blocked' ? sort.desc : !sort.desc
  const asked: Params = {
    ...{ stream: stream.id, status: 'in_progress', compared: 'yes', sort: SORTED_BY[sort.id] ?? sort.id, order: isUp ? 'asc' : 'desc' },
    ...(rested ? { words: rested } : {}),
  }
  // Another question begins at its first page.
  const question = JSON.stringify(useAskedParams(asked))
  const [place, setPlace] = useState({ question, offset: 0 })
  const offset = place.question === question ? place.offset : 0
  const params = { ...asked, limit: String(PAGE), offset: String(offset) }
  const result = useMetric('items', params)
  const columns = result.data?.columns
  const found = columns?.numbers('total_count')[0] ?? 0
  return {
    ...{ result, params, columns, found, typed, words: rested },
    page: { sort, onSort: setSort, first: offset, all: found },
    onPage: (next) => setPlace({ question, offset: next }),
    onType: (text) => void setTyped(text || null),
  }
}
