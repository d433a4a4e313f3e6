'use client'

import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { parseAsString, useQueryState } from 'nuqs'
import { useDeferredValue, useMemo } from 'react'
import { searchRows, unfinishedVerdict } from '@/lib/charts/unfinished'
import type { ValueStream } from '@/lib/model/value-stream'
import { DataTable } from '../../../_ui/data-table'
import { Panel } from '../../../_ui/panel'
import { useSnapshot } from '../../../_ui/shell-context'
import { expectationOf } from '../../../_ui/span-title'
import { panelState, useMetric } from '../../../_ui/use-metric'
import { useScope } from '../../../_ui/use-scope'
import { usePanelFacts } from '../_panels/panel-facts'
import { unfinishedColumns } from './unfinished-columns'
import classes from './work.module.css'

const HEIGHT = 420

/** All that is under way, to be sorted and searched. The answer is that of the aging chart and holds every item, so nothing is paged. */
export function UnfinishedPanel({ stream }: { stream: ValueStream }) {
  const own = { stream: stream.id }
  const result = useMetric('aging-work', own)
  const { format } = useSnapshot()
  const sle = expectationOf(stream, useScope().scope.span)
  const { rule } = usePanelFacts(result.data)
  const [find, setFind] = useQueryState('find', parseAsString.withDefault(''))
  const asked = useDeferredValue(find)
  const columns = result.data?.columns
  const rows = useMemo(() => (columns ? searchRows(columns, asked) : []), [columns, asked])
  const shown = useMemo(
    () => (columns ? unfinishedColumns({ columns, stream, limit: sle?.days, format }) : []),
    [columns, stream, sle?.days, format],
  )
  const n = columns?.rowCount ?? 0
  const count = asked ? `${format.number(rows.length)} of ${format.count(n, 'item')} found` : format.count(n, 'item')
  return (
    <Panel
      id="unfinished"
      title="Unfinished items"
      facts={['days since the start, today’s included', count, 'as of the end of the period', rule]}
      verdict={columns && unfinishedVerdict(columns, format, sle)}
      controls={
        <TextInput
          aria-label="Find unfinished items"
          placeholder="Key, title, type or team"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={find}
          onChange={(event) => void setFind(event.currentTarget.value || null)}
        />
      }
      state={panelState(result)}
      asked={[{ metric: 'aging-work', params: own }]}
      height={Math.min(HEIGHT, 34 + 33 * Math.max(n, 4))}
      empty={n === 0 ? NOTHING : undefined}
    >
      {rows.length > 0 ? (
        <DataTable label="All unfinished items" rows={rows} columns={shown} initialSort={{ id: 'age', desc: true }} maxHeight={HEIGHT} />
      ) : (
        <p className={classes.none}>No unfinished item holds “{asked}” in its key, title, type or team.</p>
      )}
    </Panel>
  )
}

const NOTHING = {
  title: 'Nothing is under way in this scope',
  text: 'Each started, unfinished item would be a line with its age and its risk of missing the expectation. Take filters away, or look at a past date with “As of”.',
}
