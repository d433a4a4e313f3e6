'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Format } from '@/lib/charts/format'
import { formatDay } from '@/lib/time/day'
import type { TableColumn } from '../_ui/data-table'
import { ExplainButton } from '../_ui/explain/explain-button'
import type { AskedMetric } from '../_ui/explain/question'
import { Sparkline } from '../_ui/sparkline'
import classes from './streams-table.module.css'
import type { Figure, StreamFigures } from './use-stream-figures'

const WEEK = 7
/** px; all columns have to find room beside each other. */
const TREND_WIDTH = 60

interface Trend {
  readonly title: string
  readonly figure: Figure
  readonly shown: string
  readonly asked: readonly AskedMetric[]
}

type Shown = (stream: StreamFigures, trend: Trend) => ReactNode

/** The columns of the table of streams; each figure with its trend and how both are computed. */
export function streamColumns(format: Format, search: string, span: string): TableColumn<StreamFigures>[] {
  const number = (value: number | null, unit: string, digits = 0) => (value === null ? '–' : `${format.number(value, digits)} ${unit}`)
  const trend: Shown = (stream, { title, figure, shown, asked }) => (
    <span className={classes.trend}>
      <span className={classes.value}>{shown}</span>
      <Sparkline values={figure.trend} label={`${title}: trend, last value ${shown}`} width={TREND_WIDTH} />
      <ExplainButton what={`${title} of ${stream.name}`} asked={asked} />
    </span>
  )
  return [
    {
      id: 'name',
      title: 'Stream',
      value: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link href={`/streams/${encodeURIComponent(id)}${search}`} title={name}>
          {name}
        </Link>
      ),
    },
    {
      id: 'p85',
      title: `${span}, 85 %`,
      hint: '85 % of the items that finished in the period took this long or less. Line: by month of finish.',
      numeric: true,
      value: ({ p85 }) => p85.value,
      cell: (stream) => {
        const shown = stream.p85.value === null ? 'too few' : number(stream.p85.value, 'd', 1)
        return trend(stream, { title: `${span}, 85 %`, figure: stream.p85, shown, asked: askedP85(stream) })
      },
    },
    {
      id: 'throughput',
      title: 'Throughput / week',
      hint: 'Items finished in the last whole week. Line: by week.',
      numeric: true,
      value: ({ throughput }) => throughput.value,
      cell: (stream) => {
        const { throughput } = stream
        return trend(stream, {
          title: 'Throughput',
          figure: throughput,
          shown: throughput.value === null ? '–' : format.number(throughput.value),
          asked: askedThroughput(stream),
        })
      },
    },
    {
      id: 'wip',
      title: 'In progress',
      hint: 'Items started, neither finished nor removed, at the end of the period. Line: at each week’s end.',
      numeric: true,
      value: ({ wip }) => wip.value,
      cell: (stream) => {
        const shown = stream.wip.value === null ? '–' : format.number(stream.wip.value)
        return trend(stream, { title: 'Items in progress', figure: stream.wip, shown, asked: askedLevel(stream) })
      },
    },
    {
      id: 'age',
      title: 'Mean age',
      hint: 'How long the items in progress have been under way, on average. Line: at each week’s end.',
      numeric: true,
      value: ({ age }) => age.value,
      cell: (stream) =>
        trend(stream, { title: 'Mean age', figure: stream.age, shown: number(stream.age.value, 'd'), asked: askedLevel(stream, MEAN_AGE) }),
    },
    efficiencyColumn(format, trend),
    attainmentColumn(format, trend),
  ]
}

function efficiencyColumn(format: Format, trend: Shown): TableColumn<StreamFigures> {
  return {
    id: 'efficiency',
    title: 'Efficiency',
    hint: 'Share of the time of finished items in which somebody worked on them; the rest is waiting. Line: by month of finish.',
    numeric: true,
    value: ({ efficiency }) => efficiency.value,
    cell: (stream) => {
      const { value } = stream.efficiency
      const shown = value === null ? '–' : format.percent(value)
      return trend(stream, { title: 'Flow efficiency', figure: stream.efficiency, shown, asked: askedEfficiency(stream) })
    },
  }
}

function attainmentColumn(format: Format, trend: Shown): TableColumn<StreamFigures> {
  return {
    id: 'attainment',
    title: 'In time',
    hint: 'Share of finished items that took no longer than the stream’s service level expectation. Line: by month of finish.',
    numeric: true,
    value: ({ attainment }) => attainment.value,
    cell: (stream) => {
      const { value, judged } = stream.attainment
      if (!judged) return <span className={classes.none}>no expectation</span>
      const shown = value === null ? '–' : format.percent(value)
      return trend(stream, { title: 'Within the expectation', figure: stream.attainment, shown, asked: askedAttainment(stream) })
    },
  }
}

const MEAN_AGE = 'The mean age of a day is total_age_days divided by item_count.'

function askedP85({ id }: StreamFigures): AskedMetric[] {
  const params = { stream: id, percentiles: '85' }
  return [
    { metric: 'span-percentiles', params, label: 'The number' },
    { metric: 'span-percentiles', params: { ...params, grain: 'month' }, label: 'The line' },
  ]
}

function askedThroughput({ id, throughput: { on } }: StreamFigures): AskedMetric[] {
  const line: AskedMetric = { metric: 'throughput', params: { stream: id, grain: 'week' }, label: 'The line' }
  if (on === null || on === undefined) return [line]
  const week = { from: formatDay(on), to: formatDay(on + WEEK) }
  return [{ metric: 'throughput', params: { ...line.params, ...week }, label: 'The number' }, line]
}

function askedLevel({ id }: StreamFigures, about?: string): AskedMetric[] {
  return [{ metric: 'wip', params: { stream: id, grain: 'week' }, about }]
}

function askedEfficiency({ id }: StreamFigures): AskedMetric[] {
  return [
    {
      metric: 'flow-efficiency',
      params: { stream: id, grain: 'month' },
      about: 'The active days of all months over the active and waiting days.',
    },
  ]
}

function askedAttainment({ id }: StreamFigures): AskedMetric[] {
  return [
    {
      metric: 'predictability',
      params: { stream: id, grain: 'month' },
      about: 'The shares of all months, each by the n of its items. Streams without an expectation have none.',
    },
  ]
}
