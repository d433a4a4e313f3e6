import { isoWeekday } from '@/lib/time/day'
import { MS_PER_DAY } from '../base'

const LONGEST_SPAN = 120

/** Weekend days of `[first, last]` as pairs of edges in ms; none when the span is too long to see them. */
export function weekendAreas(first: number, last: number, weekend: readonly number[]): [{ xAxis: number }, { xAxis: number }][] {
  if (last - first > LONGEST_SPAN) return []
  const areas: [{ xAxis: number }, { xAxis: number }][] = []
  for (let day = first; day <= last; day++) {
    if (weekend.includes(isoWeekday(day))) areas.push([{ xAxis: day * MS_PER_DAY }, { xAxis: Math.min(day + 1, last) * MS_PER_DAY }])
  }
  return areas
}
