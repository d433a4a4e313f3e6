'use client'

import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { Anchor } from './anchor'
import { useIsThere } from './use-is-there'
import type { OpenedAtButton } from './use-late-opening'

interface AnchoredPopoverProps extends OpenedAtButton {
  readonly label: string
  readonly width?: number
  readonly children: ReactNode
}

/** A popover below a button that was there before it. */
export function AnchoredPopover({ id, target, opened, onChange, label, width, children }: AnchoredPopoverProps) {
  const isThere = useIsThere()
  return (
    <Popover
      id={id}
      opened={opened && isThere}
      onChange={onChange}
      position="bottom-start"
      shadow="md"
      trapFocus
      withinPortal
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Anchor of={target} />
      </Popover.Target>
      <Popover.Dropdown p="sm" w={width} aria-label={label}>
        {opened && children}
      </Popover.Dropdown>
    </Popover>
  )
}
