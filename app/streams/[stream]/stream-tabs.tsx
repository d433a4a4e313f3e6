'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useScopeSearch } from '../../_ui/use-scope'
import classes from './stream-tabs.module.css'

const TABS = [
  { path: '', name: 'Overview' },
  { path: '/flow', name: 'Flow' },
  { path: '/map', name: 'Map' },
  { path: '/work', name: 'Work' },
] as const

/** The pages of one stream; the scope goes along. */
export function StreamTabs({ streamId }: { streamId: string }) {
  const here = usePathname()
  const search = useScopeSearch()
  const stream = `/streams/${encodeURIComponent(streamId)}`
  return (
    <nav className={classes.tabs} aria-label="Pages of this stream">
      {TABS.map(({ path, name }) => (
        <Link
          key={name}
          className={classes.tab}
          href={`${stream}${path}${search}`}
          aria-current={here === stream + path ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
