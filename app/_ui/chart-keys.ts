import type { EChartsOption } from 'echarts'
import type { KeyboardEvent } from 'react'
import type { ChartPoint } from '@/lib/charts/context'
import { pointAt, pointCount } from '@/lib/charts/flat-points'
import type { EChartsType } from './echarts-parts'

interface Walk {
  readonly seriesIndex: number
  readonly seriesId: string | undefined
  readonly data: unknown
}

/** The series whose data the keys walk: the first that is neither silent nor without data. */
export function seriesSteps(option: EChartsOption | undefined): Walk | undefined {
  const list = (option?.series ?? []) as readonly { id?: string; data?: unknown; silent?: boolean }[]
  const index = list.findIndex((series) => !series.silent && pointCount(series.data) > 0)
  const found = list[index]
  return found ? { seriesIndex: index, seriesId: found.id, data: found.data } : undefined
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }
const place = new WeakMap<EChartsType, number>()

/** Arrow keys move the tooltip along the data, Home and End to its ends; Enter picks; Escape hides. */
export function onChartKey(
  event: KeyboardEvent,
  chart: EChartsType,
  walk: Walk | undefined,
  act: { say: (text: string) => void; pick?: (point: ChartPoint) => void },
): void {
  if (!walk) return
  const last = pointCount(walk.data) - 1
  const at = place.get(chart)
  if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' })
  if (event.key === 'Enter' && at !== undefined) {
    event.preventDefault()
    act.pick?.(pointOf(walk, at))
  }
  const step = STEPS[event.key]
  const target =
    event.key === 'Home' ? 0 : event.key === 'End' ? last : step === undefined ? undefined : (at ?? (step > 0 ? -1 : last + 1)) + step
  if (target === undefined) return
  event.preventDefault()
  const dataIndex = Math.min(last, Math.max(0, target))
  place.set(chart, dataIndex)
  chart.dispatchAction({ type: 'showTip', seriesIndex: walk.seriesIndex, dataIndex })
  act.say(tipTextOf(chart))
}

function tipTextOf(chart: EChartsType): string {
  const rows = chart.getDom().querySelectorAll('.sg-tip > div')
  return [...rows].map((row) => [...(row.children.length ? row.children : [row])].map((part) => part.textContent).join(' ')).join(', ')
}

/** A datum as the place a click on it would give. */
function pointOf({ data, seriesId }: Walk, dataIndex: number): ChartPoint {
  const [x, y] = pointAt(data, dataIndex)
  return { x, y, seriesId, dataIndex }
}
