'use client'

import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { Explanation } from '@/lib/metrics/explain/explain'
import { useShell } from '../shell-context'
import classes from './explain.module.css'

type Query = Explanation['queries'][number]

/** More than these start folded. */
const MOST_OPEN = 2

/** SQL as it was run, its values in their places, and what each query read. */
export function ExplainedQueries({ told }: { told: Explanation }) {
  const { format } = useShell()
  const { queries } = told
  return (
    <section aria-labelledby="explain-sql">
      <h3 id="explain-sql" className={classes.heading}>
        SQL as run
      </h3>
      <p className={classes.text}>
        {queries.length === 0 && 'Nothing was asked of the tables: the values stand in the configuration.'}
        {queries.length > 0 &&
          `${format.count(queries.length, 'query', 'queries')} through ${format.count(told.rows_read, 'row')} of the snapshot; the answer has ${format.count(told.row_count, 'row')}. Days are numbers since 1970-01-01.`}
      </p>
      {queries.map((query, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same query may be run twice; their order is theirs
        <OneQuery key={index} query={query} isOpen={queries.length <= MOST_OPEN} />
      ))}
    </section>
  )
}

function OneQuery({ query, isOpen }: { query: Query; isOpen: boolean }) {
  const { format } = useShell()
  const tables = query.tables.map(({ name, row_count }) => `${name} ${format.number(row_count)}`).join(', ')
  return (
    <details className={classes.query} open={isOpen}>
      <summary>
        <code>
          {query.metric}.{query.name}
        </code>{' '}
        <span className={classes.origin}>
          {format.count(query.rows_read, 'row')} read{tables && ` (${tables})`}, {format.number(query.row_count)}{' '}
          {query.is_kept ? 'kept in memory' : 'given'}
        </span>
      </summary>
      {query.is_kept && (
        <p className={classes.text}>
          Read once, for every stream and day, and kept in memory: the condition at the end is applied there. Run as it stands, it gives the
          rows that this answer is counted from.
        </p>
      )}
      <div className={classes.code}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, also by keyboard */}
        <section className={classes.sql} tabIndex={0} aria-label={`SQL of ${query.metric}.${query.name}`}>
          <pre>{query.text}</pre>
        </section>
        <CopyButton value={query.text}>
          {({ copied, copy }) => (
            <Button
              className={classes.copy}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
    </details>
  )
}
