'use client'

import { usePathname } from 'next/navigation'
import { Suspense, useEffect } from 'react'
import { scopeParams } from '@/lib/client/scope'
import { formatDay } from '@/lib/time/day'
import { useShell, useSnapshot } from '../shell-context'
import { useScope } from '../use-scope'
import classes from './print-head.module.css'
import { usePrinting, watchPrinting } from './print-mode'
import { printedFilters, printedPage } from './print-text'

/** On paper only: what is on the sheets, what it is narrowed to, of which data, and where to find it again. */
export function PrintHead() {
  const { snapshot } = useShell()
  const isPrinting = usePrinting()
  useEffect(watchPrinting, [])
  if (!isPrinting || !snapshot) return null
  return (
    <Suspense>
      <Head />
    </Suspense>
  )
}

function Head() {
  const { portfolio, snapshot, format } = useSnapshot()
  const { scope } = useScope()
  const page = printedPage(usePathname(), portfolio)
  const lastDay = formatDay(snapshot.lastDay)
  return (
    <div className={classes.head} data-print-head>
      <p className={classes.name}>
        {portfolio.name} <span className={classes.page}>{page.name}</span>
      </p>
      <p>{printedFilters(scopeParams(scope), page, { portfolio, format, lastDay })}</p>
      <p className={classes.source}>
        Data until {format.day(snapshot.lastDay)} · snapshot {snapshot.id} · {window.location.href}
      </p>
    </div>
  )
}
