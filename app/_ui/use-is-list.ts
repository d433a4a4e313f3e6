import type { RefObject } from 'react'
import { usePrinting } from './print/print-mode'
import { useWidth } from './use-width'

/** Whether a table is too narrow for columns beside each other; never on paper. @param below px; 0: never */
export function useIsList(scroller: RefObject<HTMLElement | null>, below: number): boolean {
  const width = useWidth(scroller)
  return !usePrinting() && width !== undefined && width < below
}
