'use client'

import { Drawer, type DrawerProps } from '@mantine/core'
import { useIsThere } from './use-is-there'

/** A drawer that gives the focus back also when it opened at once. */
export function SideDrawer({ opened, ...props }: DrawerProps) {
  const isThere = useIsThere()
  return <Drawer opened={opened && isThere} attributes={NO_BANNER} {...props} />
}

/** Outside of the page's own regions a header would be taken for the page's. */
const NO_BANNER = { header: { role: 'presentation' } }
