'use client'

import { useCallback, useMemo } from 'react'
import type { ChartContext, ChartPoint } from '@/lib/charts/context'
import { type ExploreInput, exploreChart } from '@/lib/charts/explore'
import { bySplit, type NameOf, rangeOf } from '@/lib/charts/explore-series'
import { Chart } from '../_ui/chart'
import { useSnapshot } from '../_ui/shell-context'
import classes from './explore.module.css'

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
  const parts = useMemo(() => {
    const range = input.range ?? rangeOf([input.data])
    const groups = bySplit(input.data, input.shape.keys, nameOf)
    return groups
      .slice(0, MOST)
      .map(({ label, data }): ExploreInput => ({ ...input, data: { ...data, xs: input.data.xs }, range, name: label }))
  }, [input, nameOf])
  const left = new Set(input.data.series.map(({ keys }) => keys[0])).size - parts.length
  return (
    <>
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
