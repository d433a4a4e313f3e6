'use client'

import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react'
import type { Format } from '@/lib/charts/format'
import { explainUrl } from '@/lib/client/explain'
import type { Params } from '@/lib/client/scope'
import type { Explanation } from '@/lib/metrics/explain/explain'
import { parseDay } from '@/lib/time/day'
import { useSnapshot } from '../shell-context'
import classes from './explain.module.css'
import { ItemRows } from './item-rows'

interface ExplainedItemsProps {
  readonly told: Explanation
  readonly params: Params
  readonly isStale: boolean
  readonly onPage: (offset: number) => void
}

/** The number and the items that it counts, a page at a time. */
export function ExplainedItems({ told, params, isStale, onPage }: ExplainedItemsProps) {
  const { snapshot, format } = useSnapshot()
  const { items } = told
  return (
    <section aria-labelledby="explain-items" aria-busy={isStale}>
      <h3 id="explain-items" className={classes.heading}>
        Items behind
      </h3>
      {!items && <p className={classes.text}>No single list of items stands behind these numbers.</p>}
      {items && (
        <>
          <p className={classes.text} data-testid="explain-count">
            <strong>{format.count(items.total, 'item')}</strong>
            {countText(told, format)}
          </p>
          {items.rows.length > 0 && <ItemRows rows={items.rows} isStale={isStale} />}
          <div className={classes.pages}>
            <Pages items={items} onPage={onPage} />
            {items.total > 0 && (
              <a className={classes.download} href={explainUrl(snapshot.id, told.metric, params, 'csv')} download>
                <IconDownload size={14} aria-hidden /> All items as CSV
              </a>
            )}
          </div>
        </>
      )}
    </section>
  )
}

function countText({ number, items, metric, unit }: Explanation, format: Format): string {
  const by = items && items.of_metric !== metric ? ` of ${items.of_metric}` : ''
  if (!number) return `${by}, each once; no single number counts them.`
  const on = number.on === null ? '' : ` at the end of ${format.day(parseDay(number.on) ?? 0)}`
  const stage = number.stage_id === null ? '' : ` in ${number.stage_id}`
  if (number.column === null) return `${by}${stage}${on}; the answer has ${format.count(number.value, 'row')}, one for each.`
  const same = number.value === items?.total ? 'the same number' : `${format.number(number.value)} ${unit}, where an item may count twice`
  return `${by}${stage}${on}; ${number.column} of the answer gives ${same}.`
}

function Pages({ items, onPage }: { items: NonNullable<Explanation['items']>; onPage: (offset: number) => void }) {
  const { format } = useSnapshot()
  const { total, limit, offset } = items
  if (total <= limit) return <span />
  const last = Math.min(offset + limit, total)
  return (
    <nav aria-label="Pages of items" className={classes.pager}>
      <Button
        disabled={offset === 0}
        onClick={() => onPage(Math.max(0, offset - limit))}
        leftSection={<IconChevronLeft size={14} aria-hidden />}
      >
        Previous
      </Button>
      <span role="status">
        {format.number(offset + 1)} to {format.number(last)} of {format.number(total)}
      </span>
      <Button disabled={last >= total} onClick={() => onPage(offset + limit)} rightSection={<IconChevronRight size={14} aria-hidden />}>
        Next
      </Button>
    </nav>
  )
}
