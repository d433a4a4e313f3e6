'use client'

import { ActionIcon, AppShell, Burger, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLayoutSidebar, IconMoon, IconSun } from '@tabler/icons-react'
import Link from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { Shortcuts } from './palette/shortcuts'
import { PrintHead } from './print/print-head'
import classes from './shell.module.css'
import { useShell } from './shell-context'
import { SideBar } from './side-bar'
import { SnapshotNotices } from './snapshot-notice'

/** Header, side bar and the page. */
export function Shell({ children }: { children: ReactNode }) {
  const [phoneOpen, phone] = useDisclosure(false)
  const [wideOpen, wide] = useDisclosure(true)
  const { portfolio, snapshot, format } = useShell()
  useMarkAwake()
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !phoneOpen, desktop: !wideOpen } }}
      padding={0}
      transitionDuration={0}
    >
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <AppShell.Header className={classes.header}>
        <Burger size="xs" opened={phoneOpen} onClick={phone.toggle} hiddenFrom="sm" aria-label="Show or hide the side bar" />
        <ActionIcon
          variant="subtle"
          color="gray"
          visibleFrom="sm"
          onClick={wide.toggle}
          aria-expanded={wideOpen}
          aria-label="Show or hide the side bar"
        >
          <IconLayoutSidebar size={18} aria-hidden />
        </ActionIcon>
        <div className={classes.names}>
          <Link href="/" className={classes.name}>
            {portfolio?.name ?? 'Streamgauge'}
          </Link>
          {snapshot && (
            <p className={classes.asOf}>
              as of <time suppressHydrationWarning>{format.day(snapshot.lastDay)}</time>
            </p>
          )}
        </div>
        <span className={classes.gap} />
        <Shortcuts />
        <SchemeSwitch />
      </AppShell.Header>
      <AppShell.Navbar className={classes.side} aria-label="Pages">
        <SideBar onLeave={phone.close} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main} id="content" tabIndex={-1}>
        <PrintHead />
        <SnapshotNotices />
        {children}
      </AppShell.Main>
    </AppShell>
  )
}

/** Says on the page that clicks and keys are answered from now on; before, they may be lost. */
function useMarkAwake(): void {
  useEffect(() => document.documentElement.setAttribute('data-awake', 'true'), [])
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true })
  const other = scheme === 'dark' ? 'light' : 'dark'
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Switch to ${other} colours`} onClick={() => setColorScheme(other)}>
      {scheme === 'dark' ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
    </ActionIcon>
  )
}
