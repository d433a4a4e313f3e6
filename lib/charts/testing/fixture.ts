import { type ColumnKind, type Columns, type ColumnValue, columnsOf } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import { parseDay } from '@/lib/time/day'
import type { ChartContext } from '../context'
import { formatOf } from '../format'
import { chartTheme } from '../theme'

/** For tests: a context with English formats. */
export const LIGHT_CONTEXT: ChartContext = { theme: chartTheme('light'), format: formatOf('en-GB'), narrow: false, width: 640, height: 320 }

export const STAGES: readonly Stage[] = [
  { id: 'new', name: 'New', kind: 'queue', states: [], waiting: [] },
  { id: 'work', name: 'In work', kind: 'active', states: [], waiting: [], wipLimit: 3 },
  { id: 'done', name: 'Done', kind: 'done', states: [], waiting: [] },
]

/** Columns from rows; a name ending in `_on` takes YYYY-MM-DD. */
export function rows(names: readonly string[], values: readonly (readonly ColumnValue[])[]): Columns {
  const sources = names.map((name, index) => {
    const isDay = name.endsWith('_on')
    const column = values.map((row) => {
      const value = row[index] ?? null
      return isDay && typeof value === 'string' ? (parseDay(value) ?? null) : value
    })
    const kind: ColumnKind = isDay ? 'day' : typeof column[0] === 'number' ? 'number' : typeof column[0] === 'boolean' ? 'flag' : 'text'
    return [name, { kind, values: column }]
  })
  return columnsOf(Object.fromEntries(sources))
}

/** Day of YYYY-MM-DD in ms. */
export function ms(day: string): number {
  return (parseDay(day) ?? 0) * 86_400_000
}

interface AnySeries {
  readonly id?: string
  readonly data?: readonly unknown[]
  readonly markLine?: { readonly data: readonly { readonly name?: string; readonly yAxis?: number; readonly xAxis?: number }[] }
  readonly [key: string]: unknown
}

/** Series of an option by id. */
export function seriesOf(option: { series?: unknown }): ReadonlyMap<string, AnySeries> {
  const list = (Array.isArray(option.series) ? option.series : [option.series]) as AnySeries[]
  return new Map(list.map((series) => [series.id ?? '', series]))
}

/** What the tooltip says at a datum, as text. */
export function tipText(option: { tooltip?: unknown }, params: unknown): string {
  const formatter = (option.tooltip as { formatter: (params: unknown) => string }).formatter
  return formatter(params)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
