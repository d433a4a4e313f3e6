'use client'

import { Menu, type MenuProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { Anchor } from './anchor'
import { useIsThere } from './use-is-there'
import type { OpenedAtButton } from './use-late-opening'

interface AnchoredMenuProps extends OpenedAtButton {
  readonly label: string
  readonly position: MenuProps['position']
  readonly children: ReactNode
}

/** A menu at a button that was there before it. */
export function AnchoredMenu({ id, target, opened, onChange, label, position, children }: AnchoredMenuProps) {
  const isThere = useIsThere()
  return (
    <Menu id={id} opened={opened && isThere} onChange={onChange} position={position} shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Anchor of={target} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  )
}
