'use client'

import { IconArrowsSplit2, IconBook2, IconChartHistogram, IconDatabase, IconLayoutDashboard, IconShieldCheck } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Suspense } from 'react'
import { useShell } from './shell-context'
import classes from './side-bar.module.css'
import { useScopeSearch } from './use-scope'

/** Pages and streams; the scope goes along. */
export function SideBar({ onLeave }: { onLeave: () => void }) {
  return (
    <Suspense>
      <Links onLeave={onLeave} />
    </Suspense>
  )
}

function Links({ onLeave }: { onLeave: () => void }) {
  const { portfolio } = useShell()
  const path = usePathname()
  const search = useScopeSearch()
  const current = (href: string) => (path === href ? ('page' as const) : undefined)
  return (
    <ul className={classes.list}>
      {LOOK.map(({ href, name, Icon }) => (
        <li key={href}>
          <Link className={classes.link} href={`${href}${search}`} aria-current={current(href)} onClick={onLeave}>
            <Icon size={16} aria-hidden className={classes.icon} /> {name}
          </Link>
        </li>
      ))}
      {portfolio && (
        <li>
          <p className={classes.heading} id="streams-heading">
            Value streams
          </p>
          <ul className={classes.list} aria-labelledby="streams-heading">
            {portfolio.streams.map((stream) => {
              const href = `/streams/${encodeURIComponent(stream.id)}`
              return (
                <li key={stream.id}>
                  <Link
                    className={classes.link}
                    href={`${href}${search}`}
                    aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
                    onClick={onLeave}
                    title={stream.name}
                  >
                    <IconArrowsSplit2 size={16} aria-hidden className={classes.icon} />
                    <span className={classes.text}>{stream.name}</span>
                  </Link>
                </li>
              )
            })}
          </ul>
        </li>
      )}
      <li>
        <p className={classes.heading} id="trust-heading">
          How figures come about
        </p>
        <ul className={classes.list} aria-labelledby="trust-heading">
          {TRUST.map(({ href, name, Icon }) => (
            <li key={href}>
              <Link className={classes.link} href={`${href}${search}`} aria-current={current(href)} onClick={onLeave}>
                <Icon size={16} aria-hidden className={classes.icon} /> {name}
              </Link>
            </li>
          ))}
        </ul>
      </li>
    </ul>
  )
}

const LOOK = [
  { href: '/', name: 'Portfolio', Icon: IconLayoutDashboard },
  { href: '/explore', name: 'Explore', Icon: IconChartHistogram },
] as const
const TRUST = [
  { href: '/glossary', name: 'Glossary', Icon: IconBook2 },
  { href: '/verify', name: 'Verify', Icon: IconShieldCheck },
  { href: '/sources', name: 'Sources', Icon: IconDatabase },
] as const
