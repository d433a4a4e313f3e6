'use client'

import { ActionIcon } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useShell } from '../shell-context'

// Loaded when first asked for: nobody waits for it before the first chart.
const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false })
const KeysHelp = dynamic(() => import('./keys-help').then((module) => module.KeysHelp), { ssr: false })

type Opened = 'palette' | 'keys'

/** What keys do on every page, and the button that opens the palette. */
export function Shortcuts() {
  const { snapshot } = useShell()
  const [opened, setOpened] = useState<Opened>()
  const [wanted, setWanted] = useState<readonly Opened[]>([])
  const open = (which: Opened) => {
    setWanted((before) => (before.includes(which) ? before : [...before, which]))
    setOpened(which)
  }
  const close = () => setOpened(undefined)
  // Nobody types with a modifier: it works in fields, and where a switch or a tick has the focus, which are fields to the library.
  useHotkeys([['mod+K', () => open('palette')]], [])
  useHotkeys([['shift+?', () => open('keys')]])
  if (!snapshot) return null
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="Go to a page, stream, goal, metric or item"
        title="Go to … (Ctrl K or ⌘ K)"
        onClick={() => open('palette')}
      >
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      {wanted.includes('palette') && <Palette opened={opened === 'palette'} onClose={close} onKeys={() => open('keys')} />}
      {wanted.includes('keys') && <KeysHelp opened={opened === 'keys'} onClose={close} />}
    </>
  )
}
