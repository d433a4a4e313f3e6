'use client'

import { useComputedColorScheme } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

const SCHEME = 'data-mantine-color-scheme'

const listeners = new Set<() => void>()
let isOn = false
let schemeBefore: string | null = null

/** Called when the page takes the shape of the paper, and when it takes its own again. @returns forgets the listener */
export function whenPrinting(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The page has the shape of the paper now. */
export function isPrinting(): boolean {
  return isOn
}

/** True while the page has the shape of the paper. */
export function usePrinting(): boolean {
  return useSyncExternalStore(whenPrinting, isPrinting, () => false)
}

/** The colours that are shown: paper is light, whatever the reader has. */
export function useShownScheme(): 'light' | 'dark' {
  const own = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return usePrinting() ? 'light' : own
}

/** Gives the page the shape of the paper for as long as it is printed. @returns stops that */
export function watchPrinting(): () => void {
  const media = window.matchMedia('print')
  const begin = () => turn(true)
  const follow = () => turn(media.matches)
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', follow)
  media.addEventListener('change', follow)
  // Not at once: what calls this is being drawn.
  queueMicrotask(follow)
  return () => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', follow)
    media.removeEventListener('change', follow)
  }
}

/** All of it before the browser goes on: it lays the pages out as soon as its event was heard. */
function turn(on: boolean): void {
  if (on === isOn) return
  isOn = on
  const root = document.documentElement
  if (on) schemeBefore = root.getAttribute(SCHEME)
  root.toggleAttribute('data-printing', on)
  root.setAttribute(SCHEME, on ? 'light' : (schemeBefore ?? 'light'))
  flushSync(() => {
    for (const listener of [...listeners]) listener()
  })
}
