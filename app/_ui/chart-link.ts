import type { DayPlaces } from '@/lib/charts/day-places'
import classes from './chart-link.module.css'
import type { EChartsType } from './echarts-parts'

interface Linked {
  readonly chart: EChartsType
  readonly element: HTMLElement
  /** Undefined: the chart shows no time. */
  readonly places: () => DayPlaces | undefined
  rule: HTMLElement | undefined
}

const living = new Set<Linked>()
let pointed: { readonly by: Linked; readonly day: number | undefined } | undefined
let isDue = false

/**
 * While a day is pointed at in one chart, by pointer or keys, a rule marks it in all others on the page that show time.
 * @returns to be called when the chart goes
 */
export function linkPointer(chart: EChartsType, element: HTMLElement, places: () => DayPlaces | undefined): () => void {
  const own: Linked = { chart, element, places, rule: undefined }
  const point = (value: number | undefined) => {
    pointed = { by: own, day: value === undefined ? undefined : own.places()?.dayAt(value) }
    if (!isDue) requestAnimationFrame(showPointed)
    isDue = true
  }
  chart.getZr().on('mousemove', ({ offsetX, offsetY }) => {
    const isInside = chart.containPixel('grid', [offsetX, offsetY])
    point(isInside ? Number((chart.convertFromPixel('grid', [offsetX, offsetY]) as number[])[0]) : undefined)
  })
  chart.getZr().on('globalout', () => point(undefined))
  chart.on('hideTip', () => point(undefined))
  chart.on('updateAxisPointer', (event) => {
    const { axesInfo = [] } = event as { axesInfo?: readonly { axisDim: string; value: number }[] }
    const across = axesInfo.find(({ axisDim }) => axisDim === 'x')
    if (across) point(across.value)
  })
  living.add(own)
  return () => {
    living.delete(own)
    hide(own)
    if (pointed?.by === own) point(undefined)
  }
}

function showPointed(): void {
  isDue = false
  for (const linked of living) {
    const place = linked === pointed?.by || pointed?.day === undefined ? undefined : linked.places()?.placeOf(pointed.day)
    if (place === undefined || !isSeen(linked.element)) hide(linked)
    else show(linked, place, pointed?.day)
  }
}

function show(linked: Linked, place: number, day: number | undefined): void {
  const x = linked.chart.convertToPixel({ xAxisIndex: 0 }, place)
  const span = plotHeight(linked, x)
  if (!span) {
    hide(linked)
    return
  }
  linked.rule ??= document.createElement('div')
  linked.rule.className = classes.rule ?? ''
  linked.rule.dataset.linkedDay = String(day)
  linked.rule.style.height = `${span.bottom - span.top}px`
  linked.rule.style.transform = `translate(${Math.round(x)}px, ${span.top}px)`
  if (!linked.rule.isConnected) linked.element.append(linked.rule)
}

function hide(linked: Linked): void {
  linked.rule?.remove()
}

function isSeen(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < window.innerHeight
}

/** Top and bottom of the plot at a place, px of the picture; the library tells only whether a point is inside. */
function plotHeight({ chart }: Linked, x: number): { top: number; bottom: number } | undefined {
  const height = chart.getHeight()
  const isIn = (y: number) => chart.containPixel('grid', [x, y])
  const middle = [0.5, 0.35, 0.65].map((share) => share * height).find(isIn)
  if (middle === undefined) return undefined
  return { top: edge(isIn, middle, 0), bottom: edge(isIn, middle, height) }
}

/** The last place from inside to outside that is in, to a pixel. */
function edge(isIn: (y: number) => boolean, inside: number, outside: number): number {
  let [near, far] = [inside, outside]
  if (isIn(far)) return far
  while (Math.abs(far - near) > 1) {
    const between = (near + far) / 2
    if (isIn(between)) near = between
    else far = between
  }
  return near
}
