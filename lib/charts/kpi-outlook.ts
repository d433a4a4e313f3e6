import type { CustomSeriesOption, CustomSeriesRenderItem, LineSeriesOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Kpi } from '@/lib/model/kpi'
import { MS_PER_DAY } from './base'
import type { ChartContext } from './context'
import type { Format } from './format'
import { toPixels } from './marks/goal'

/** A height of the trend with its 95 % interval, on a day. */
interface Height {
  readonly day: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The trend that decides the status, along its points and on to the due date. */
export interface Outlook {
  readonly along: readonly Height[]
  readonly due: Height
}

/** From the answer for one KPI; absent where the status uses no trend or nothing lies ahead of it. */
export function outlookOf(columns: Columns, days: readonly number[], dueDay: number | undefined): Outlook | undefined {
  if (dueDay === undefined || !columns.has('projected_value')) return undefined
  // What was never below zero has no room there.
  const floor = columns.numbers('value').every((value) => value === null || value >= 0) ? 0 : Number.NEGATIVE_INFINITY
  const cut = (height: Height): Height => ({ ...height, value: Math.max(height.value, floor), low: Math.max(height.low, floor) })
  const along = days.flatMap((day, row) => heightAt(columns, 'trend', row, day) ?? []).map(cut)
  const ahead = heightAt(columns, 'projected', columns.rowCount - 1, dueDay)
  const due = ahead && cut(ahead)
  return due && along.length > 0 ? { along, due } : undefined
}

function heightAt(columns: Columns, name: 'trend' | 'projected', row: number, day: number): Height | undefined {
  const at = (end: string) => columns.numbers(`${name}_${end}`)[row] ?? undefined
  const [value, low, high] = [at('value'), at('low'), at('high')]
  return value === undefined || low === undefined || high === undefined ? undefined : { day, value, low, high }
}

/** "If it goes on like this: 12.3 d by 31 Dec 2026, between 10.1 and 14.5." */
export function outlookText({ due }: Outlook, { unit }: Pick<Kpi, 'unit'>, format: Format): string {
  // Three digits, as the sentence of the status has.
  const most = Math.max(Math.abs(due.low), Math.abs(due.high))
  const show = (value: number) => format.number(value, most >= 100 ? 0 : most >= 10 ? 1 : 2)
  return `If it goes on like this: ${show(due.value)} ${unit} by ${format.day(due.day)}, between ${show(due.low)} and ${show(due.high)}.`
}

/** A quiet fan along the trend to the due date, its middle dashed; and the place at its end, which the pointer finds. */
export function outlookSeries(outlook: Outlook | undefined, { theme }: ChartContext): (CustomSeriesOption | LineSeriesOption)[] {
  if (!outlook) return []
  const { noise, textDim } = theme.palette
  const heights = [...outlook.along, outlook.due]
  const edge = (end: 'value' | 'low' | 'high') => heights.map((height): [number, number] => [height.day * MS_PER_DAY, height[end]])
  const renderItem: CustomSeriesRenderItem = (_, api) => ({
    type: 'group',
    children: [
      {
        type: 'polygon',
        shape: { points: toPixels([...edge('low'), ...edge('high').reverse()], api) },
        style: { fill: noise, opacity: 0.2 },
      },
      {
        type: 'polyline',
        shape: { points: toPixels(edge('value'), api) },
        style: { stroke: textDim, lineWidth: 1.25, lineDash: [4, 3], fill: 'none' },
      },
    ],
  })
  return [
    { id: 'outlook', type: 'custom', renderItem, silent: true, clip: true, z: 1, data: edge('value').slice(0, 1) },
    {
      id: 'due',
      type: 'line',
      data: edge('value').slice(-1),
      symbol: 'circle',
      symbolSize: 4,
      itemStyle: { color: textDim },
      emphasis: { disabled: true },
    },
  ]
}
