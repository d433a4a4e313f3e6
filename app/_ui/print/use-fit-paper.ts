import { type RefObject, useLayoutEffect } from 'react'
import { usePrinting } from './print-mode'

/** Makes a table that is wider than the sheet smaller while it is printed. */
export function useFitPaper(table: RefObject<HTMLTableElement | null>): void {
  const isPrinting = usePrinting()
  useLayoutEffect(() => {
    const element = table.current
    if (!isPrinting || !element) return
    const share = (element.parentElement?.clientWidth ?? 0) / element.offsetWidth
    if (share > 0 && share < 1) element.style.zoom = String(share)
    return () => {
      element.style.zoom = ''
    }
  }, [isPrinting, table])
}
