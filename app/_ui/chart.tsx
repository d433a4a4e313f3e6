'use client'

import type { EChartsOption } from 'echarts'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ChartContext, ChartPoint, Segment } from '@/lib/charts/context'
import { dayPlaces } from '@/lib/charts/day-places'
import { chartTheme } from '@/lib/charts/theme'
import type { Area } from '@/lib/charts/zoom'
import classes from './chart.module.css'
import { showBrush } from './chart-brush'
import { keysText, leaveMark, onChartKey, walksOf } from './chart-keys'
import { linkPointer } from './chart-link'
import { showReadings } from './chart-readings'
import { drawInTurn } from './draw-turns'
import type { EChartsType } from './echarts-parts'
import { firstChartSeen } from './first-chart-seen'
import { tileOf } from './pattern-tiles'
import { isPrinting, useShownScheme, whenPrinting } from './print/print-mode'
import { rendererOf } from './renderer-of'
import { offerPicture } from './save/chart-pictures'
import { useShell } from './shell-context'
import { useWidth } from './use-width'

export interface ChartProps {
  /** What the picture shows, in a sentence, for those who do not see it. */
  readonly label: string
  readonly height: number
  /** Keep its identity while nothing changed: a new function draws anew. */
  readonly build: (context: ChartContext) => EChartsOption
  readonly onPoint?: (point: ChartPoint) => void
  /** The whole plot answers to a click, not only its marks. */
  readonly pickArea?: boolean
  /** Measuring lines under the pointer, for a place on the horizontal axis. */
  readonly readings?: (x: number) => readonly Segment[]
  /** What a mouse draws over the plot. */
  readonly onArea?: (area: Area) => void
  /** A double click, which then picks nothing. */
  readonly onDouble?: () => void
  /** Keys + and −, and 0 for all. */
  readonly onZoomKey?: (step: 1 | 0 | -1) => void
}

const NARROW = 480
/** In which a second click makes a double one, ms. */
const DOUBLE_CLICK = 250
const ZOOM_KEYS: Readonly<Record<string, 1 | 0 | -1>> = { '+': 1, '=': 1, '-': -1, '0': 0 }
const WIDTH_STEP = 40
/** Dots of a canvas on a px of paper. */
const PRINTED_DOTS = 3

let parts: Promise<typeof import('./echarts-parts')> | undefined

function loadParts() {
  parts ??= firstChartSeen().then(() => import('./echarts-parts'))
  return parts
}

// The drawing library comes while the page wakes up, so that it is there before the figures are; but not before a picture that came with it.
if (typeof window !== 'undefined') void loadParts()

/** The only place that calls echarts.init. Arrow keys walk the points and say their values, Enter opens what a click opens. */
export function Chart(props: ChartProps) {
  const { label, height, build } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | undefined>(undefined)
  const [said, setSaid] = useState('')
  const handlers = useRef(props)
  handlers.current = props
  const context = useChartContext(box, height)
  const option = useMemo(() => (context ? build(context) : undefined), [build, context])
  const renderer = option && rendererOf(option)
  const walks = useMemo(() => walksOf(option), [option])

  const newest = useRef(option)
  newest.current = option
  const places = useRef<ReturnType<typeof dayPlaces>>(undefined)
  places.current = useMemo(() => option && dayPlaces(option), [option])

  useEffect(() => {
    const element = box.current
    if (!element || !renderer) return
    return mount(element, renderer, { handlers, places }, (created) => {
      chart.current = created
      if (newest.current) created?.setOption(asShown(newest.current))
    })
  }, [renderer])

  useEffect(() => {
    if (box.current) offerPicture(box.current, () => (context ? { build, context } : undefined))
  }, [build, context])

  // From the moment on in which there is another to draw, and again when it is drawn: the last one may be finished in between.
  useLayoutEffect(() => {
    if (option) box.current?.removeAttribute('data-ready')
  }, [option])
  useEffect(() => {
    if (!option) return
    box.current?.removeAttribute('data-ready')
    // A picture that is not there yet draws the newest when its turn comes.
    chart.current?.setOption(asShown(option), { notMerge: true })
  }, [option])

  return (
    <figure
      className={classes.frame}
      style={{ height }}
      aria-label={`${label} ${keysText(walks, props.onPoint !== undefined)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the way in for the keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const step = event.ctrlKey || event.metaKey ? undefined : ZOOM_KEYS[event.key]
        if (step !== undefined) props.onZoomKey?.(step)
        if (chart.current) onChartKey(event, chart.current, walks, { say: setSaid, pick: props.onPoint })
      }}
      onBlur={() => chart.current && leaveMark(chart.current)}
    >
      <div ref={box} className={classes.box} data-chart aria-hidden />
      <output className={classes.said}>{said}</output>
    </figure>
  )
}

/** Context by the reader's theme, language and the width of the box; undefined until the width is known. */
function useChartContext(box: React.RefObject<HTMLDivElement | null>, height: number): ChartContext | undefined {
  const scheme = useShownScheme()
  const { format } = useShell()
  const inner = useWidth(box)
  const width = inner === undefined ? undefined : Math.floor(inner / WIDTH_STEP) * WIDTH_STEP
  return useMemo(
    () =>
      width === undefined
        ? undefined
        : {
            theme: chartTheme(scheme, getComputedStyle(document.body).fontFamily),
            format,
            narrow: width < NARROW,
            width,
            height,
            tile: tileOf,
          },
    [scheme, format, width, height],
  )
}

/** Paper does not wait for what would be drawn in the frames to come. */
function asShown(option: EChartsOption): EChartsOption {
  return isPrinting() ? { ...option, progressive: 0 } : option
}

type Handlers = React.RefObject<ChartProps>

function mount(
  element: HTMLDivElement,
  renderer: 'svg' | 'canvas',
  { handlers, places }: { handlers: Handlers; places: React.RefObject<ReturnType<typeof dayPlaces>> },
  ready: (chart: EChartsType | undefined) => void,
): () => void {
  let created: EChartsType | undefined
  let [leave, unlink] = [() => {}, () => {}]
  let gone = false
  const fitBox = () => {
    if (created && element.clientWidth > 0 && created.getWidth() !== element.clientWidth) created.resize()
  }
  const observer = new ResizeObserver(fitBox)
  let stopPrinting = () => {}
  const draw = ({ echarts }: Awaited<ReturnType<typeof loadParts>>) => {
    created = echarts.init(element, null, { renderer, devicePixelRatio: isPrinting() ? PRINTED_DOTS : undefined })
    created.on('finished', () => element.setAttribute('data-ready', 'true'))
    listen(created, handlers)
    showReadings(created, echarts.graphic, { linesAt: () => handlers.current.readings, color: () => getComputedStyle(element).color })
    showBrush(created, echarts.graphic, { drawn: () => handlers.current.onArea, color: () => getComputedStyle(element).color })
    unlink = linkPointer(created, element, () => places.current)
    ready(created)
    observer.observe(element)
  }
  const redraw = (parts: Awaited<ReturnType<typeof loadParts>>) => {
    created?.dispatchAction({ type: 'hideTip' })
    if (renderer === 'svg') return fitBox()
    unlink()
    created?.dispose()
    draw(parts)
  }
  const drawFirst = (parts: Awaited<ReturnType<typeof loadParts>>) => {
    draw(parts)
    stopPrinting = whenPrinting(() => redraw(parts))
  }
  void loadParts().then((parts) => {
    if (!gone) leave = drawInTurn(element, () => drawFirst(parts))
  })
  return () => {
    gone = true
    leave()
    observer.disconnect()
    stopPrinting()
    unlink()
    created?.dispose()
    ready(undefined)
  }
}

function listen(chart: EChartsType, handlers: Handlers): void {
  let hit: { seriesId?: string; dataIndex?: number } = {}
  let waiting: number | undefined
  chart.on('click', (event) => {
    hit = { seriesId: event.seriesId, dataIndex: event.dataIndex }
  })
  const pick = (event: { readonly offsetX: number; readonly offsetY: number }) => {
    const mark = hit
    hit = {}
    const pixel = [event.offsetX, event.offsetY]
    if (!chart.containPixel('grid', pixel)) return
    const [x, y] = chart.convertFromPixel('grid', pixel) as [number, number]
    window.clearTimeout(waiting)
    const tell = () => handlers.current.onPoint?.({ x, y, ...mark })
    if (handlers.current.onDouble) waiting = window.setTimeout(tell, DOUBLE_CLICK)
    else tell()
  }
  // The library's own listener comes last, so which mark was hit is known only when all have been told.
  chart.getZr().on('click', (event) => queueMicrotask(() => pick(event)))
  chart.getZr().on('dblclick', () => {
    window.clearTimeout(waiting)
    handlers.current.onDouble?.()
  })
  chart.getZr().on('mousemove', (event) => {
    if (!handlers.current.pickArea || !handlers.current.onPoint) return
    if (chart.containPixel('grid', [event.offsetX, event.offsetY])) chart.getZr().setCursorStyle('pointer')
  })
}
