import type { Unit } from '@/lib/model/unit'
import { formatDay, parseDay } from '@/lib/time/day'
import { MS_PER_DAY } from './base'

/** A part of a picture of finished items: days `[from, to)`, and lengths where these are narrowed, too. */
export interface Zoom {
  readonly from: number
  readonly to: number
  readonly lengthFrom?: number
  readonly lengthTo?: number
}

/** What was drawn over a picture, in its own values; a flat one says nothing of the other axis. */
export interface Area {
  readonly x?: readonly [number, number]
  readonly y?: readonly [number, number]
}

/** The zoom of an area; whole days, since nothing finer is known of when items finished. */
export function zoomTo(area: Area, shown: Zoom, unit: Unit): Zoom {
  const [x0, x1] = area.x ?? [shown.from * MS_PER_DAY, (shown.to - 1) * MS_PER_DAY]
  const from = clamp(Math.floor(x0 / MS_PER_DAY), shown.from, shown.to - 1)
  const to = clamp(Math.floor(x1 / MS_PER_DAY) + 1, from + 1, shown.to)
  if (!area.y) return { from, to, lengthFrom: shown.lengthFrom, lengthTo: shown.lengthTo }
  const [y0, y1] = area.y
  if (unit === 'elapsed') return { from, to, lengthFrom: rounded(Math.max(y0, 0)), lengthTo: rounded(Math.max(y1, 0.01)) }
  // A whole number of days stands from half a day below to half a day above its place.
  const lengthFrom = Math.max(1, Math.floor(y0 + 0.5))
  return { from, to, lengthFrom, lengthTo: Math.max(Math.floor(y1 + 0.5), lengthFrom) + 1 }
}

/** Half or twice the days around the middle; undefined: all of them again. */
export function zoomBy(step: 1 | -1, shown: Zoom, whole: Zoom): Zoom | undefined {
  const days = shown.to - shown.from
  const wanted = Math.max(1, step > 0 ? Math.ceil(days / 2) : days * 2)
  if (wanted >= whole.to - whole.from) return undefined
  const from = clamp(Math.floor((shown.from + shown.to - wanted) / 2), whole.from, whole.to - wanted)
  return { ...shown, from, to: from + wanted }
}

/** As an address has it: `2024-03-01_2024-03-08`, with lengths `…_2_9`. */
export function zoomText({ from, to, lengthFrom, lengthTo }: Zoom): string {
  const lengths = lengthFrom === undefined || lengthTo === undefined ? [] : [lengthFrom, lengthTo]
  return [formatDay(from), formatDay(to), ...lengths].join('_')
}

/** Undefined for what says no part of the days `[from, to)`. */
export function readZoom(text: string, { from: first, to: end }: Zoom): Zoom | undefined {
  const [fromText = '', toText = '', low, high] = text.split('_')
  const [from, to] = [parseDay(fromText), parseDay(toText)]
  if (from === undefined || to === undefined || from >= to || from >= end || to <= first) return undefined
  const [lengthFrom, lengthTo] = [Number(low), Number(high)]
  const isNarrowed = low !== undefined && high !== undefined && lengthFrom >= 0 && lengthTo > lengthFrom && lengthTo < 1e6
  return { from: Math.max(from, first), to: Math.min(to, end), ...(isNarrowed ? { lengthFrom, lengthTo } : {}) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
