'use client'

import { Tooltip } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { RefObject } from 'react'

interface HintProps {
  readonly target: RefObject<HTMLElement | null>
  readonly text: string
  /** The pointer or the focus is on it. */
  readonly isNear: boolean
}

const DELAY = 250

/** A line on what is under the pointer; in a file of its own, since it brings all that floats. */
export function Hint({ target, text, isNear }: HintProps) {
  const [rests] = useDebouncedValue(isNear, DELAY)
  return <Tooltip target={target} label={text} opened={isNear && rests} />
}
