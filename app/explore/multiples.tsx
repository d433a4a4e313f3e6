'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { type ExploreInput, exploreChart } from '@/lib/charts/explore'
import { exploreColors } from '@/lib/charts/explore-colors'
import { bySplit, type NameOf, rangeOf } from '@/lib/charts/explore-series'
import { Chart } from '../_ui/chart'
import { useSnapshot } from '../_ui/shell-context'
import classes from './explore.module.css'
import { ExploreLegend } from './explore-legend'
import { useColorOrders } from './use-naming'

const HEIGHT = 150
const MOST = 24

interface MultiplesProps {
  readonly input: ExploreInput
  readonly nameOf: NameOf
  readonly onPoint: (point: ChartPoint, input: ExploreInput) => void
}

/** A small chart for each value of the split, all on one scale, so that heights can be compared. */
export function Multiples({ input, nameOf, onPoint }: MultiplesProps) {
  const { format } = useSnapshot()
  const orders = useColorOrders()
  const parts = useMemo(() => {
    const { data, shape } = input
    const range = input.range ?? rangeOf([data])
    const inner = data.series.map((series) => ({ ...series, keys: series.keys.slice(1) }))
    const colors = exploreColors(inner, shape.keys.length === 2 ? shape.keys[1] : undefined, orders)
    const groups = bySplit(data, shape.keys, nameOf).slice(0, MOST)
    return groups.map(({ label, data: part }): ExploreInput => ({ ...input, data: { ...part, xs: data.xs }, range, colors, name: label }))
  }, [input, nameOf, orders])
  const fullest = parts.reduce<ExploreInput | undefined>(
    (most, part) => (part.data.series.length > (most?.data.series.length ?? 1) ? part : most),
    undefined,
  )
  const left = new Set(input.data.series.map(({ keys }) => keys[0])).size - parts.length
  return (
    <>
      {fullest && (
        <div data-legend>
          <ExploreLegend input={fullest} onlyNarrow={false} />
        </div>
      )}
      <div className={classes.multiples}>
        {parts.map((part) => (
          <Multiple key={part.name} input={part} onPoint={onPoint} />
        ))}
      </div>
      {left > 0 && <p className={classes.note}>{format.count(left, 'more value')}: narrow the scope, or see the heat table.</p>}
    </>
  )
}

function Multiple({ input, onPoint }: { input: ExploreInput; onPoint: MultiplesProps['onPoint'] }) {
  const build = useCallback(
    (context: ChartContext) => exploreChart({ ...input, measure: { ...input.measure, meaning: '' } }, context),
    [input],
  )
  return (
    <div data-caption={input.name} className={classes.multiple}>
      <h3 className={classes.caption} title={input.name}>
        {input.name}
      </h3>
      <Chart
        label={`${input.name}: ${input.measure.meaning}.`}
        height={HEIGHT}
        build={build}
        onPoint={(point) => onPoint(point, input)}
        pickArea={!input.shape.hasItems}
      />
    </div>
  )
}
