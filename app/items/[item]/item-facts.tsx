import type { ReactNode } from 'react'
import type { Format } from '@/lib/charts/format'
import type { Columns } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import { TypeMark } from '../../_ui/type-mark'

export interface ItemFacts {
  readonly streamId: string
  readonly key: string
  readonly title: string
  readonly url: string | undefined
  readonly type: string
  /** Days in the span; absent for removed items and those that have not begun it. */
  readonly days: number | null
  readonly isFinished: boolean
  readonly list: readonly (readonly [string, ReactNode])[]
}

/** What is said of an item in its head: the first row of the metric `items`. */
export function itemFacts(columns: Columns, portfolio: Portfolio, format: Format): ItemFacts {
  const text = (name: string) => (columns.has(name) ? (columns.texts(name)[0] ?? '') : '')
  const number = (name: string) => (columns.has(name) ? (columns.numbers(name)[0] ?? null) : null)
  const day = (name: string) => {
    const value = number(name)
    return value === null ? undefined : format.day(value)
  }
  const stream = portfolio.streams.find(({ id }) => id === text('stream_id'))
  const stage = stream?.stages.find(({ id }) => id === text('stage_id'))?.name ?? text('stage_id')
  const goal = portfolio.goals.find(({ id }) => id === text('goal'))?.name ?? text('goal')
  const age = number('age_days')
  const status = text('status')
  const url = text('url')
  const list: [string, ReactNode][] = [
    ['Status', status === 'open' ? `Open, in ${stage}` : status === 'finished' ? 'Finished' : 'Removed'],
    ...(age === null ? [] : [[status === 'finished' ? 'Flow time' : 'Age', format.count(age, 'day')] as [string, ReactNode]]),
    ...(text('type') ? [['Type', <TypeMark key="type" type={text('type')} />] as [string, ReactNode]] : []),
    ...present('Team', text('team')),
    ...present('Goal', goal),
    ...present('Priority', text('priority')),
    ...present('Created', day('created_on')),
    ...present('Started', day('started_on')),
    ...present('Finished', day('finished_on')),
  ]
  // Only web addresses become links: a tracker's field may hold anything.
  return {
    streamId: text('stream_id'),
    key: text('key') || text('item_id'),
    title: text('title'),
    url: /^https?:\/\//i.test(url) ? url : undefined,
    type: text('type'),
    days: status === 'removed' ? null : age,
    isFinished: status === 'finished',
    list,
  }
}

function present(term: string, value: string | undefined): [string, ReactNode][] {
  return value ? [[term, value]] : []
}
