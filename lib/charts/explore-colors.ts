import type { Stage } from '@/lib/model/stage'
import { sliceColors, stageColors, typeColors } from './colors'
import type { ExploreSeries } from './explore-series'
import type { Palette } from './palette'

/** What things are coloured by on every page. */
export interface ColorOrders {
  readonly stages: readonly Stage[]
  /** By dimension, the values that have a fixed place. */
  readonly fixed: Readonly<Record<string, readonly string[]>>
}

/** Colours of series by id: one alone has the accent, stages and types have their own, all else its place in a fixed order. */
export function exploreColors(series: readonly ExploreSeries[], dimension: string | undefined, orders: ColorOrders) {
  const name = ({ keys }: ExploreSeries) => (keys.length === 1 ? String(keys[0] ?? '') : JSON.stringify(keys))
  const names = [...new Set(series.map(name))]
  const known = orders.fixed[dimension ?? ''] ?? []
  const order = [...known, ...names.filter((one) => !known.includes(one)).sort()]
  return (palette: Palette): ReadonlyMap<string, string> => {
    const single = names.length <= 1
    const colors =
      dimension === 'stage_id'
        ? stageColors(orders.stages, palette)
        : dimension === 'type'
          ? typeColors(names.toSorted(), palette)
          : sliceColors(order, palette)
    return new Map(series.map((one) => [one.id, single ? palette.accent : (colors.get(name(one)) ?? palette.rest)]))
  }
}
