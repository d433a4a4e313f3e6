'use client'

import type { DrawerProps } from '@mantine/core'
import dynamic from 'next/dynamic'
import { useState } from 'react'

const SideDrawer = dynamic(() => import('./side-drawer').then((module) => module.SideDrawer), { ssr: false })

/** A drawer whose code comes when it first opens: nobody waits for it before the first chart. */
export function LateDrawer(props: DrawerProps) {
  const [wanted, setWanted] = useState(props.opened)
  if (props.opened && !wanted) setWanted(true)
  return wanted ? <SideDrawer {...props} /> : null
}
