'use client'

import { type Ref, type RefObject, useLayoutEffect } from 'react'

interface AnchorProps {
  readonly of: RefObject<HTMLElement | null>
  readonly ref?: Ref<HTMLElement>
}

/** Stands for a button that was there before the popover or menu that opens at it. */
export function Anchor({ of, ref }: AnchorProps) {
  useLayoutEffect(() => {
    if (typeof ref !== 'function') return
    const undo = ref(of.current)
    return () => {
      if (undo) undo()
      else ref(null)
    }
  }, [of, ref])
  return null
}
