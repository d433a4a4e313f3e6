import type { EChartsOption } from 'echarts'
import type { KeyboardEvent } from 'react'
import type { ChartPoint } from '@/lib/charts/context'
import { pointAt, pointCount } from '@/lib/charts/flat-points'
import type { EChartsType } from './echarts-parts'

/** A series whose data the keys walk. */
export interface Walk {
  readonly seriesIndex: number
  readonly seriesId: string | undefined
  readonly name: string | undefined
  readonly data: unknown
  /** Each of its marks has a tooltip of its own. */
  readonly isItem: boolean
}

interface AnySeries {
  readonly id?: string
  readonly name?: string
  readonly data?: unknown
  readonly silent?: boolean
}

/** All series that are neither silent nor without data, where each mark has a tooltip of its own; the first where one tells of all at a place. */
export function walksOf(option: EChartsOption | undefined): readonly Walk[] {
  const isItem = [option?.tooltip].flat()[0]?.trigger === 'item'
  const walks = ([option?.series ?? []].flat() as readonly AnySeries[]).flatMap(({ id, name, data, silent }, seriesIndex) =>
    silent || pointCount(data) === 0 ? [] : [{ seriesIndex, seriesId: id, name, data, isItem }],
  )
  return isItem ? walks : walks.slice(0, 1)
}

/** What the keys do, for those who do not see the picture. */
export function keysText(walks: readonly Walk[], canPick: boolean): string {
  const open = canPick ? ' Enter opens what is behind one.' : ''
  if (walks.length < 2) return `Arrow keys walk through the values.${open}`
  const names = walks.map(({ name }) => name).join(', ')
  return `Left and right arrows walk through the values, up and down change what is walked: ${names}.${open}`
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }
const CHANGES: Record<string, number> = { ArrowUp: 1, ArrowDown: -1 }

/** Which walk, and where in each; of these walks alone, since others come with other data. */
interface Place {
  readonly walks: readonly Walk[]
  walk: number
  readonly at: (number | undefined)[]
}
const places = new WeakMap<EChartsType, Place>()

/** Left and right move the tooltip along the data, up and down to another series; Home and End to the ends; Enter picks; Escape hides. */
export function onChartKey(
  event: Pick<KeyboardEvent, 'key' | 'preventDefault'>,
  chart: EChartsType,
  walks: readonly Walk[],
  act: { say: (text: string) => void; pick?: (point: ChartPoint) => void },
): void {
  const place = placeOf(chart, walks)
  const at = place.at[place.walk]
  const walk = walks[place.walk]
  if (!walk) return
  if (event.key === 'Escape') leaveMark(chart)
  if (event.key === 'Enter' && at !== undefined) {
    event.preventDefault()
    act.pick?.(pointOf(walk, at))
  }
  const change = walks.length > 1 ? CHANGES[event.key] : undefined
  const target = change === undefined ? targetOf(event.key, at, pointCount(walk.data) - 1) : undefined
  if (change === undefined && target === undefined) return
  event.preventDefault()
  place.walk = within(place.walk + (change ?? 0), walks.length - 1)
  const next = walks[place.walk] ?? walk
  const dataIndex = target ?? place.at[place.walk] ?? 0
  place.at[place.walk] = dataIndex
  const mark = { seriesIndex: next.seriesIndex, dataIndex }
  leaveMark(chart)
  chart.dispatchAction({ type: 'highlight', ...mark })
  chart.dispatchAction({ type: 'showTip', ...mark, ...(next.isItem ? { position: besideMark } : {}) })
  act.say(`${next === walk || !next.name ? '' : `${next.name}: `}${tipTextOf(chart)}`)
}

/** No mark is shown as the one that the keys are at. */
export function leaveMark(chart: EChartsType): void {
  chart.dispatchAction({ type: 'hideTip' })
  chart.dispatchAction({ type: 'downplay' })
}

/** px from a mark to its tooltip. */
const TIP_DISTANCE = 12

interface Bounds {
  readonly y: number
  readonly height: number
}

interface Sizes {
  readonly contentSize: readonly [number, number]
  readonly viewSize: readonly [number, number]
}

/** Below the mark, or above where there is no room, so that it is seen. */
export function besideMark(
  [x, y]: readonly [number, number],
  _: unknown,
  __: unknown,
  rect: Bounds | undefined,
  sizes: Sizes,
): [number, number] {
  const { contentSize, viewSize } = sizes
  const [top, bottom] = rect ? [rect.y, rect.y + rect.height] : [y, y]
  const below = bottom + TIP_DISTANCE
  const fits = below + contentSize[1] <= viewSize[1]
  return [x - contentSize[0] / 2, fits ? below : top - TIP_DISTANCE - contentSize[1]]
}

function placeOf(chart: EChartsType, walks: readonly Walk[]): Place {
  const known = places.get(chart)
  if (known?.walks === walks) return known
  const place: Place = { walks, walk: 0, at: [] }
  places.set(chart, place)
  return place
}

/** Where a key leads in a walk; undefined for one that leads nowhere. */
function targetOf(key: string, at: number | undefined, last: number): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return last
  const step = STEPS[key]
  return step === undefined ? undefined : within((at ?? (step > 0 ? -1 : last + 1)) + step, last)
}

function within(index: number, last: number): number {
  return Math.min(last, Math.max(0, index))
}

function tipTextOf(chart: EChartsType): string {
  const rows = chart.getDom().querySelectorAll('.sg-tip > div')
  const parts = (row: Element) => (row.children.length ? [...row.children] : [row]).map(({ textContent }) => textContent).filter(Boolean)
  return [...rows].map((row) => parts(row).join(' ')).join(', ')
}

/** A datum as the place a click on it would give. */
function pointOf({ data, seriesId }: Walk, dataIndex: number): ChartPoint {
  const [x, y] = pointAt(data, dataIndex)
  return { x, y, seriesId, dataIndex }
}
