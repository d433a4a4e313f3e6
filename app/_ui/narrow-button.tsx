'use client'

import { Button } from '@mantine/core'
import { usePathname } from 'next/navigation'
import type { Params } from '@/lib/client/scope'
import { narrowingOf, narrowingText } from './narrowing'
import { useSnapshot } from './shell-context'
import { useScope } from './use-scope'

interface NarrowButtonProps {
  /** Of the items that are looked at. */
  readonly params: Params
  /** After the page's scope was narrowed. */
  readonly onNarrowed: () => void
}

/** Narrows the whole page to what was selected in one of its pictures; nothing where its scope can't say it. */
export function NarrowButton({ params, onNarrowed }: NarrowButtonProps) {
  const { scope, change } = useScope()
  const { portfolio, format } = useSnapshot()
  const isStreamOfPage = usePathname().startsWith('/streams/')
  const narrowing = narrowingOf(params, scope, isStreamOfPage ? ['stream'] : [])
  if (!narrowing) return null
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => {
        change(narrowing)
        onNarrowed()
      }}
    >
      Narrow the page to {narrowingText(narrowing, scope, { portfolio, format })}
    </Button>
  )
}
