'use client'

import { useRef } from 'react'

/** The last value that was not on its way: the old picture keeps its frame until the new one is there. */
export function useShown<T>(value: T | undefined, isOnItsWay: boolean): T | undefined {
  const last = useRef(value)
  if (!isOnItsWay) last.current = value
  return last.current
}
