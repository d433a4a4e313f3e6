'use client'

import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconLink } from '@tabler/icons-react'

/** The address holds all that is seen. */
export function CopyLink() {
  const { copied, copy } = useClipboard()
  return (
    <Button
      variant="subtle"
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconLink size={14} aria-hidden />}
      onClick={() => copy(window.location.href)}
    >
      {copied ? 'Copied' : 'Copy link'}
    </Button>
  )
}
