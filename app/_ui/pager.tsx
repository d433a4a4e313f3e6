'use client'

import { Button } from '@mantine/core'
import classes from './pager.module.css'
import { useShell } from './shell-context'

interface PagerProps {
  /** What is paged: "Pages of items". */
  readonly label: string
  /** Rows before the page, rows of a page, rows in all. */
  readonly offset: number
  readonly size: number
  readonly total: number
  readonly onPage: (offset: number) => void
}

/** From page to page; nothing where all is on one. */
export function Pager({ label, offset, size, total, onPage }: PagerProps) {
  const { format } = useShell()
  if (total <= size) return null
  const last = Math.min(offset + size, total)
  return (
    <nav aria-label={label} className={`${classes.pager} no-print`}>
      <Button variant="default" disabled={offset === 0} onClick={() => onPage(Math.max(0, offset - size))}>
        Previous
      </Button>
      <span role="status">
        {format.number(offset + 1)} to {format.number(last)} of {format.number(total)}
      </span>
      <Button variant="default" disabled={last >= total} onClick={() => onPage(offset + size)}>
        Next
      </Button>
    </nav>
  )
}
