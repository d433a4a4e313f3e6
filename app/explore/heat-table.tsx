'use client'

import { UnstyledButton } from '@mantine/core'
import { useMemo, useRef } from 'react'
import { MS_PER_DAY } from '@/lib/charts/base'
import type { ChartPoint } from '@/lib/charts/context'
import { type ExploreInput, figureText, formOf, placeName } from '@/lib/charts/explore'
import { rangeOf } from '@/lib/charts/explore-series'
import { usePrinting } from '../_ui/print/print-mode'
import { useFitPaper } from '../_ui/print/use-fit-paper'
import { useSnapshot } from '../_ui/shell-context'
import classes from './explore.module.css'

const MOST_COLUMNS = 60
const MOST_ROWS = 200
const PRINTED_COLUMNS = 12
/** Of the hue, so that the number on it stays readable. */
const DEEPEST = 45

interface HeatTableProps {
  readonly input: ExploreInput
  readonly onPoint: (point: ChartPoint, input: ExploreInput) => void
}

/** Series down, time or places across, the number inside and its size as depth of one hue. */
export function HeatTable({ input, onPoint }: HeatTableProps) {
  const { format } = useSnapshot()
  const isPrinting = usePrinting()
  const { data, shape } = input
  if (shape.hasItems) return <p className={classes.note}>A row is an item here: see the chart or the rows.</p>
  // The latest places: what is left out lies before them.
  const xs = data.xs.slice(-MOST_COLUMNS)
  const isTime = formOf(input) === 'line' && shape.x?.kind === 'time'
  const open = (x: number, seriesId: string) => onPoint({ x: isTime ? x * MS_PER_DAY : data.xs.indexOf(x), y: 0, seriesId }, input)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: columns scroll, also by keyboard */}
      <section className={`sg-scrolls ${classes.heat}`} tabIndex={0} aria-label={`Heat table of ${input.name}`}>
        {/* Columns that scroll on a screen go on below each other on paper. */}
        {blocksOf(xs, isPrinting ? PRINTED_COLUMNS : MOST_COLUMNS).map((block) => (
          <HeatBlock key={block[0]} input={input} xs={block} onOpen={open} />
        ))}
      </section>
      {data.xs.length > xs.length && (
        <p className={classes.note}>
          The last {format.number(xs.length)} of {format.number(data.xs.length)}: choose a longer period length to see all.
        </p>
      )}
    </>
  )
}

function blocksOf(xs: readonly number[], size: number): (readonly number[])[] {
  return Array.from({ length: Math.max(Math.ceil(xs.length / size), 1) }, (_, index) => xs.slice(index * size, (index + 1) * size))
}

interface HeatBlockProps {
  readonly input: ExploreInput
  readonly xs: readonly number[]
  readonly onOpen: (x: number, seriesId: string) => void
}

function HeatBlock({ input, xs, onOpen }: HeatBlockProps) {
  const { format } = useSnapshot()
  const table = useRef<HTMLTableElement>(null)
  useFitPaper(table)
  const { data, shape, grain, measure } = input
  const most = useMemo(() => Math.max(...(rangeOf([data]) ?? [0, 0]).map(Math.abs)), [data])
  return (
    <table ref={table}>
      <thead>
        <tr>
          <th scope="col">{measure.isRatio ? '%' : measure.unit}</th>
          {xs.map((x) => (
            <th key={x} scope="col">
              {placeName(data, shape, x, { format, grain, short: true })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.series.slice(0, MOST_ROWS).map((series) => {
          const at = new Map(series.points.map((point) => [point.x, point]))
          return (
            <tr key={series.id}>
              <th scope="row" title={series.label}>
                {series.label || input.name}
              </th>
              {xs.map((x) => (
                <HeatCell key={x} y={at.get(x)?.y ?? null} most={most} measure={measure} onOpen={() => onOpen(x, series.id)} />
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

interface HeatCellProps {
  readonly y: number | null
  readonly most: number
  readonly measure: ExploreInput['measure']
  readonly onOpen: () => void
}

function HeatCell({ y, most, measure, onOpen }: HeatCellProps) {
  const { format } = useSnapshot()
  const depth = y === null || most === 0 ? 0 : Math.round((Math.abs(y) / most) * DEEPEST)
  return (
    <td style={{ background: `color-mix(in srgb, var(--sg-accent) ${depth}%, transparent)` }}>
      {y === null ? (
        <span className={classes.none}>–</span>
      ) : (
        <UnstyledButton className={classes.cell} onClick={onOpen} title={figureText(y, measure, format)}>
          {measure.isRatio ? format.number(y * 100, 1) : format.number(y, 1)}
        </UnstyledButton>
      )}
    </td>
  )
}
