'use client'

import { useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'
import classes from './first-chart.module.css'

const Pictures = createContext<Readonly<Record<string, ReactNode>>>({})

interface FirstChartsProps {
  /** Drawn on the server, by panel. */
  readonly pictures: Readonly<Record<string, ReactNode>>
  readonly children: ReactNode
}

/** Hands the pictures that came with the page to the panels that they are of. */
export function FirstCharts({ pictures, children }: FirstChartsProps) {
  return <Pictures value={pictures}>{children}</Pictures>
}

/** A page that is come back to draws its charts at once, perhaps with other filters. Never set on the server. */
let isOver = false

/** Lies over the place of a chart, as it will look, until the living one beside it is drawn or the reader asks for something else. */
export function FirstChart({ id }: { id: string }) {
  const picture = use(Pictures)[id]
  const search = useSearchParams().toString()
  const [first] = useState(search)
  const [isShown, setShown] = useState(() => !isOver)
  const layer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = layer.current?.parentElement
    if (!place) return
    const look = () => {
      if (place.querySelector('[data-chart][data-ready]')) setShown(false)
    }
    const observer = new MutationObserver(look)
    observer.observe(place, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready'] })
    look()
    return () => {
      isOver = true
      observer.disconnect()
    }
  }, [])
  if (!picture || !isShown || search !== first) return null
  return (
    <div ref={layer} className={classes.layer} aria-hidden>
      {picture}
    </div>
  )
}
