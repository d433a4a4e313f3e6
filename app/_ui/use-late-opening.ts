'use client'

import { type ComponentType, type RefObject, useCallback, useId, useRef, useState } from 'react'

/** What opens at a button, and the button. */
export interface OpenedAtButton {
  readonly id: string
  readonly target: RefObject<HTMLButtonElement | null>
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
}

interface LateOpening<Props> {
  /** Undefined until it was fetched. */
  readonly Part: ComponentType<Props> | undefined
  readonly part: OpenedAtButton
  readonly button: Readonly<Record<'onPointerEnter' | 'onFocus' | 'onClick', () => void>> & {
    readonly ref: RefObject<HTMLButtonElement | null>
    readonly id: string
    readonly 'aria-haspopup': 'dialog' | 'menu'
    readonly 'aria-expanded': boolean
    readonly 'aria-controls': string | undefined
  }
}

/**
 * A button whose popover or menu is fetched when the pointer or the focus comes near: nobody waits for it before the first chart.
 * It opens only once it is there, since the focus goes into it.
 */
export function useLateOpening<Props>(load: () => Promise<ComponentType<Props>>, kind: 'dialog' | 'menu'): LateOpening<Props> {
  const id = useId()
  const target = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  const [Part, setPart] = useState<ComponentType<Props>>()
  const fetchPart = useCallback(async () => {
    const part = await load()
    setPart(() => part)
  }, [load])
  const fetchEarly = () => void fetchPart()
  return {
    Part,
    part: { id, target, opened, onChange: setOpened },
    button: {
      ref: target,
      // Mantine names what it opens by these ids.
      id,
      'aria-haspopup': kind,
      'aria-expanded': opened,
      'aria-controls': opened ? `${id}-dropdown` : undefined,
      onPointerEnter: fetchEarly,
      onFocus: fetchEarly,
      onClick: () => void fetchPart().then(() => setOpened((now) => !now)),
    },
  }
}
