import { NO_VALUE } from '@/lib/model/dimension'
import { joinList } from '@/lib/model/scope'
import { formatDay } from '@/lib/time/day'
import { nextPeriod } from '@/lib/time/grain'
import { MS_PER_DAY } from './base'
import type { ChartPoint } from './context'
import { type ExploreInput, formOf, placeName, pointAt } from './explore'
import type { ExploreSeries } from './explore-series'
import type { Format } from './format'

interface Asking {
  /** Dimension that the answer was split by. */
  readonly split?: string
  /** Of the window, YYYY-MM-DD. */
  readonly from?: string
  readonly to?: string
  readonly format: Format
}

/** One number of a picture: what is to be asked so that only it is meant. */
export interface Narrowed {
  readonly title: string
  readonly params: Readonly<Record<string, string>>
  /** Row of the answer, where a single one is meant. */
  readonly row?: number
}

const FILTERS: Readonly<Record<string, string>> = { type: 'type', team: 'team', goal_id: 'goal', stream_id: 'stream', stage_id: 'stageId' }

/** The figure under the pointer. */
export function narrowed(input: ExploreInput, point: ChartPoint, asking: Asking): Narrowed | undefined {
  const { data, shape, grain } = input
  const series = data.series.find(({ id }) => id === point.seriesId) ?? (data.series.length === 1 ? data.series[0] : undefined)
  if (formOf(input) === 'dots') {
    const hit = series && point.dataIndex !== undefined ? pointAt(series, { dataIndex: point.dataIndex }, input) : undefined
    return hit && { title: series?.label ?? '', params: {}, row: hit.row }
  }
  const place = placeAt(input, point)
  if (place === undefined) return undefined
  const row = series?.points.find(({ x }) => x === place)?.row
  const words = [placeName(data, shape, place, { format: asking.format, grain }), series?.label].filter(Boolean)
  return { title: words.join(', '), params: { ...placeParams(input, place, asking), ...keyParams(series, input, asking) }, row }
}

function placeAt(input: ExploreInput, { x }: ChartPoint): number | undefined {
  const { data, shape } = input
  if (formOf(input) === 'bars' || shape.x?.kind !== 'time') return data.xs[Math.round(x)]
  const day = x / MS_PER_DAY
  return data.xs.reduce<number | undefined>(
    (best, one) => (best === undefined || Math.abs(one - day) < Math.abs(best - day) ? one : best),
    undefined,
  )
}

function placeParams({ data, shape, grain = 'week' }: ExploreInput, place: number, asking: Asking): Record<string, string> {
  if (shape.x?.column === 'day_on') return { onDay: formatDay(place) }
  if (shape.x?.column === 'period_on') {
    const [from, to] = [formatDay(place), formatDay(nextPeriod(place, grain))]
    return { from: asking.from && asking.from > from ? asking.from : from, to: asking.to && asking.to < to ? asking.to : to }
  }
  if (shape.x?.kind !== 'category') return {}
  const value = data.series.flatMap(({ points, places }) =>
    points.flatMap((one, index) => (one.x === place ? [places?.[index] ?? null] : [])),
  )[0]
  return filterBy(shape.x.column, value ?? null, asking)
}

function keyParams(series: ExploreSeries | undefined, { shape }: ExploreInput, asking: Asking): Record<string, string> {
  if (!series) return {}
  return Object.assign({}, ...shape.keys.map((column, index) => filterBy(column, series.keys[index] ?? null, asking)))
}

function filterBy(column: string, value: string | number | boolean | null, { split }: Asking): Record<string, string> {
  const name = column === 'group' ? split : FILTERS[column]
  if (name === undefined) return {}
  const text = value === null || value === '' ? NO_VALUE : String(value)
  return { [name]: name === 'stageId' ? text : joinList([text]) }
}
