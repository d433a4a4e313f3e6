'use client'

import { useCallback, useMemo } from 'react'
import type { ChartPoint } from '@/lib/charts/context'
import { type ExploreInput, exploreChart, hasDirectLabels } from '@/lib/charts/explore'
import { exploreColors } from '@/lib/charts/explore-colors'
import { type ExploreData, largest } from '@/lib/charts/explore-series'
import { exploreVerdict } from '@/lib/charts/explore-text'
import { Chart } from '../_ui/chart'
import { ColumnsTable } from '../_ui/columns-table'
import { Panel } from '../_ui/panel'
import { useSnapshot } from '../_ui/shell-context'
import { panelState } from '../_ui/use-metric'
import { ExploreLegend } from './explore-legend'
import { HeatTable } from './heat-table'
import { Multiples } from './multiples'
import type { Explored } from './use-explore'
import { useColorOrders } from './use-naming'
import { useOpenPoint } from './use-open-point'
import type { Side } from './use-side'
import { useSideFacts } from './use-side-facts'

const HEIGHT = 380
/** At least; a chart has it exactly. */
const HEIGHTS = { chart: HEIGHT, multiples: 170, heat: 120, rows: 120 }
/** More than these nobody tells apart. */
const MOST_SERIES = 12

interface ExplorePanelProps {
  readonly id: string
  readonly title: string
  readonly explored: Explored
  readonly side: Side
  /** Figures that both of two charts have room for. */
  readonly range?: readonly [number, number]
  /** All that is shown, for colours that are the same beside each other. */
  readonly all?: readonly ExploreData[]
}

/** An answer in the form that was chosen. */
export function ExplorePanel({ id, title, explored, side, range, all }: ExplorePanelProps) {
  const { form, view, missing } = explored
  const { format } = useSnapshot()
  const { input, leftOut } = useInput({ title, explored, side, range, all })
  const open = useOpenPoint(form, side, explored)
  const facts = useSideFacts(side, explored, view === 'chart' ? leftOut : 0)
  const isEmpty = side.seen?.data.series.length === 0
  const legend = input && view === 'chart' && input.data.series.length > 1 && (
    <ExploreLegend input={input} onlyNarrow={hasDirectLabels(input)} />
  )
  const columns = side.seen?.columns
  return (
    <Panel
      id={id}
      title={title}
      facts={facts}
      verdict={input && exploreVerdict(input, format)}
      state={missing === undefined ? panelState(side.result) : NOTHING_ASKED}
      asked={[{ metric: form.name, params: side.params }]}
      height={HEIGHTS[view]}
      empty={missing !== undefined ? neededText(missing) : isEmpty || (columns && !side.seen) ? EMPTY : undefined}
      table={() => columns && <ColumnsTable label={title} columns={columns} show={allColumns(columns.names)} />}
      legend={legend}
    >
      {input && <Shown input={input} explored={explored} side={side} onPoint={(point, of) => open(point, of)} />}
    </Panel>
  )
}

interface ShownProps {
  readonly input: ExploreInput
  readonly explored: Explored
  readonly side: Side
  readonly onPoint: (point: ChartPoint, input: ExploreInput) => void
}

function Shown({ input, explored, side, onPoint }: ShownProps) {
  const { seen, nameOf } = side
  const build = useCallback((context: Parameters<typeof exploreChart>[1]) => exploreChart(input, context), [input])
  if (!seen) return null
  if (explored.view === 'multiples') return <Multiples input={{ ...input, data: seen.data }} nameOf={nameOf} onPoint={onPoint} />
  if (explored.view === 'heat') return <HeatTable input={{ ...input, data: seen.data }} onPoint={onPoint} />
  if (explored.view === 'rows')
    return <ColumnsTable label={`Rows of ${input.name}`} columns={seen.columns} show={allColumns(seen.columns.names)} />
  return (
    <Chart
      label={`${input.name}: ${input.measure.meaning}.`}
      height={HEIGHT}
      build={build}
      onPoint={(point) => onPoint(point, input)}
      pickArea={!seen.shape.hasItems}
    />
  )
}

/** What the chart is drawn from; in one picture only the series with most to show. */
function useInput({ title, explored, side, range, all }: Omit<ExplorePanelProps, 'id'>): { input?: ExploreInput; leftOut: number } {
  const orders = useColorOrders()
  const { seen } = side
  return useMemo(() => {
    if (!seen) return { leftOut: 0 }
    const { data, leftOut } = largest(seen.data, MOST_SERIES)
    const [key] = seen.shape.keys
    const dimension = seen.shape.keys.length > 1 ? undefined : key === 'group' ? explored.split : key
    const others = (all ?? []).flatMap(({ series }) => series)
    const colors = exploreColors(others.length > 0 ? others : data.series, dimension, orders)
    const { shape, measure } = seen
    return { input: { data, shape, measure, grain: explored.grain, colors, range, name: title }, leftOut }
  }, [seen, explored.grain, explored.split, orders, all, range, title])
}

function allColumns(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase())]))
}

const NOTHING_ASKED = { isPending: false, isStale: false, error: null, retry: () => undefined }
const EMPTY = {
  title: 'Nothing in this scope',
  text: 'The metric has no rows here. Widen the period, take filters away, or choose another one.',
}

function neededText(name: string) {
  return { title: `It needs “${name}”`, text: `This metric answers about one ${name}: fill in the field above to see it.` }
}
