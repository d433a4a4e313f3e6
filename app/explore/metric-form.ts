import { testedFigure } from '@/lib/charts/explore-change'
import type { ColumnInfo } from '@/lib/charts/explore-shape'
import { describeMetric, type ParamDoc } from '@/lib/metrics/describe'
import { METRIC_AREAS } from '@/lib/metrics/registry'

/** What the page needs to know of a metric to ask for it and to draw it. */
export interface MetricForm {
  readonly name: string
  readonly title: string
  readonly unit: string
  readonly doc: string
  /** The column that is drawn when none is chosen. */
  readonly figure?: string
  readonly columns: readonly ColumnInfo[]
  /** What is asked for by fields of the form; the scope bar asks for the rest. */
  readonly params: readonly ParamDoc[]
  readonly uses: readonly string[]
  /** Without a grain it gives one figure for the whole period. */
  readonly isWhole: boolean
  /** What can be tested between two periods. */
  readonly tested?: 'span' | 'throughput'
}

export interface MetricArea {
  readonly title: string
  readonly metrics: readonly MetricForm[]
}

/** Shared parameters that no other part of the page asks for. */
const ASKED_HERE = ['percentiles']

/** All metrics by the question that they answer, as they describe themselves. */
export function metricAreas(): MetricArea[] {
  return METRIC_AREAS.map(({ title, metrics }) => ({
    title,
    metrics: metrics.map((metric): MetricForm => {
      const { name, title: called, unit, doc, params, columns } = describeMetric(metric)
      const own = Object.keys(metric.params.shape)
      return {
        name,
        title: called,
        unit,
        doc,
        figure: metric.figure?.column,
        columns: columns.map(({ name: column, kind, meaning, unit: measured }) => ({ name: column, kind, meaning, unit: measured })),
        params: params.filter((param) => own.includes(param.name) || ASKED_HERE.includes(param.name)),
        uses: metric.uses,
        isWhole: metric.optionalPeriod === true,
        tested: testedFigure(name),
      }
    }),
  }))
}
