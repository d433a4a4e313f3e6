import type { EChartsOption } from 'echarts'
import { parseDay } from '../time/day'

const MS_PER_DAY = 86_400_000

/** Where days stand on a horizontal axis, in the axis' own values. */
export interface DayPlaces {
  /** The day at a place; of a period, its middle, and of the last, which may be cut off, its first. */
  readonly dayAt: (value: number) => number | undefined
  /** The place of a day; undefined where the axis does not reach. */
  readonly placeOf: (day: number) => number | undefined
}

/** How a chart's horizontal axis counts days; undefined when it shows no time. */
export function dayPlaces({ xAxis }: EChartsOption): DayPlaces | undefined {
  const axis = ([xAxis].flat()[0] ?? {}) as { type?: string; min?: unknown; max?: unknown; data?: readonly unknown[] }
  if (axis.type === 'time') return instants(Number(axis.min), Number(axis.max))
  return axis.type === 'category' && axis.data ? periods(axis.data.map(firstDay)) : undefined
}

function instants(min: number, max: number): DayPlaces {
  return {
    dayAt: (value) => Math.round(value / MS_PER_DAY),
    placeOf: (day) => {
      const at = day * MS_PER_DAY
      return at < min || at > max ? undefined : at
    },
  }
}

/** First days of periods; the last is taken to be as long as the one before. */
function periods(starts: readonly (number | undefined)[]): DayPlaces | undefined {
  const days = starts.filter((day) => day !== undefined)
  const [last, before] = [days.at(-1), days.at(-2)]
  if (last === undefined || before === undefined || days.length !== starts.length) return undefined
  const end = last + (last - before)
  return {
    dayAt: (value) => {
      const [start, next] = days.slice(Math.round(value), Math.round(value) + 2)
      return start === undefined || next === undefined ? start : Math.floor((start + next) / 2)
    },
    placeOf: (day) => {
      const place = days.findLastIndex((start) => start <= day)
      return place < 0 || day >= end ? undefined : place
    },
  }
}

/** Periods are called by their first day: as a date, or as a day number. */
function firstDay(name: unknown): number | undefined {
  const text = String(name)
  return /^\d{4,5}$/.test(text) ? Number(text) : parseDay(text)
}
