'use client'

import { Drawer, type DrawerProps } from '@mantine/core'
import { useEffect, useState } from 'react'

/** A drawer that remembers where the focus was also when it is there for the first time. */
export function SideDrawer({ opened, ...props }: DrawerProps) {
  const [isThere, setThere] = useState(false)
  // Mantine notes the focused element when a drawer goes from closed to open.
  useEffect(() => setThere(true), [])
  return <Drawer opened={opened && isThere} {...props} />
}
