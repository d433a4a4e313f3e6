'use client'

import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { unfinishedVerdict } from '@/lib/charts/unfinished'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable } from '../../../_ui/data-table'
import { Pager } from '../../../_ui/pager'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf } from '../../../_ui/span-title'
import { panelState } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { usePanelFacts } from '../_panels/panel-facts'
import { useAging } from '../_panels/use-aging'
import { unfinishedColumns } from './unfinished-columns'
import { PAGE, useUnfinished } from './use-unfinished'
import classes from './work.module.css'

const HEIGHT = 480
/** px of width below which ten columns have no room beside each other. */
const LIST_BELOW = 860
const LONGEST_SEARCH = 200

/** All that is under way, to be sorted and searched, a page at a time. */
export function UnfinishedPanel({ stream }: { stream: ValueStream }) {
  const aging = useAging(stream)
  const { result, params, columns, found, page, onPage, typed, words, onType } = useUnfinished(stream)
  const { format } = useSnapshot()
  const sle = expectationOf(stream, useScope().scope.span)
  const { rule } = usePanelFacts(result.data)
  const shown = useMemo(
    () => (columns ? unfinishedColumns({ columns, stream, limit: sle?.days, format }) : []),
    [columns, stream, sle?.days, format],
  )
  const rows = useMemo(() => Array.from({ length: columns?.rowCount ?? 0 }, (_, row) => row), [columns])
  const n = aging.density?.total ?? 0
  const count = words ? `${format.number(found)} of ${format.count(n, 'item')} found` : format.count(n, 'item')
  return (
    <Panel
      id="unfinished"
      title="Unfinished items"
      facts={['days since the start, today’s included', count, 'as of the end of the period', rule]}
      verdict={aging.density && unfinishedVerdict(aging.density, format, sle)}
      controls={
        <TextInput
          aria-label="Find unfinished items"
          placeholder="Key, title, type or team"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          maxLength={LONGEST_SEARCH}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      }
      state={panelState(result, aging.result)}
      asked={[
        { metric: 'aging-work', params: { stream: stream.id }, label: 'All of them' },
        { metric: 'items', params, label: 'The page shown' },
      ]}
      height={Math.min(HEIGHT, 34 + 33 * Math.max(n, 4))}
      empty={n === 0 ? NOTHING : undefined}
    >
      {rows.length > 0 ? (
        <>
          <DataTable label="All unfinished items" rows={rows} columns={shown} page={page} maxHeight={HEIGHT} listBelow={LIST_BELOW} />
          <Pager label="Pages of unfinished items" offset={page.first} size={PAGE} total={found} onPage={onPage} />
        </>
      ) : (
        <p className={classes.none}>No unfinished item holds “{words}” in its key, title, type or team.</p>
      )}
    </Panel>
  )
}

const NOTHING = {
  title: 'Nothing is under way in this scope',
  text: 'Each started, unfinished item would be a line with its age and its risk of missing the expectation. Take filters away, or look at a past date with “As of”.',
}
