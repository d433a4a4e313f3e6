import { useLayoutEffect, useState } from 'react'
import { whenPrinting } from './print/print-mode'

/**
 * Inner width of an element, px; undefined until it is known.
 * An element that has no width for a moment (hidden, or while a picture of the page is taken) keeps the one it had, so that nothing is drawn anew.
 */
export function useWidth(ref: React.RefObject<HTMLElement | null>): number | undefined {
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => element.clientWidth > 0 && setWidth(element.clientWidth)
    // Not to wait for the observer's first call, which comes with the next frame.
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    const stop = whenPrinting(measure)
    return () => {
      observer.disconnect()
      stop()
    }
  }, [ref])
  return width
}
