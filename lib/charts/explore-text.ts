import { type ExploreInput, type ExploreMeasure, figureText, placeName } from './explore'
import type { ExploreSeries } from './explore-series'
import type { Format } from './format'

/** What is to be read out of an answer, in one sentence. It claims no change: that takes a test. */
export function exploreVerdict(input: ExploreInput, format: Format): string | undefined {
  const { data, shape, measure } = input
  const values = valuesOf(data.series)
  if (values.length === 0) return undefined
  if (shape.hasItems) return spread(values, measure, format, 'items')
  if (data.series.length > 1) return ranking(input, format)
  if (values.length === 1) return `${capital(measure.meaning)}: ${figureText(values[0] ?? 0, measure, format)}.`
  if (shape.x?.kind === 'time') return spread(values, measure, format, 'figures')
  const points = data.series.flatMap(({ points: all }) => all.filter(({ y }) => y !== null))
  const top = points.reduce((best, point) => ((point.y ?? 0) > (best.y ?? 0) ? point : best))
  return `Most: ${placeName(data, shape, top.x, { format, grain: input.grain })}, ${figureText(top.y ?? 0, measure, format)}.`
}

/** Whole periods only: a part of one is no low figure. */
function valuesOf(series: readonly ExploreSeries[]): number[] {
  return series.flatMap(({ points }) => points.flatMap(({ y, partial }) => (y === null || partial ? [] : [y]))).sort((a, b) => a - b)
}

function spread(sorted: readonly number[], measure: ExploreMeasure, format: Format, what: string): string {
  const at = (percent: number) => sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] ?? 0
  const said = (value: number) => figureText(value, measure, format)
  return `Half of ${format.number(sorted.length)} ${what} lie at ${said(at(50))} or below; the middle half between ${said(at(25))} and ${said(at(75))}.`
}

function ranking({ data, shape, measure, grain }: ExploreInput, format: Format): string | undefined {
  const ranked = comparable(data.series, shape.keys)
    .flatMap((series) => {
      const values = valuesOf([series])
      return values.length === 0 ? [] : [{ label: series.label, mean: values.reduce((sum, value) => sum + value, 0) / values.length }]
    })
    .sort((a, b) => b.mean - a.mean)
  const [first, last] = [ranked[0], ranked[ranked.length - 1]]
  if (!first || !last || ranked.length < 2) return undefined
  const said = ({ label, mean }: typeof first) => `${label} (${figureText(mean, measure, format, 1)})`
  const per = shape.x?.column === 'period_on' && grain ? ` per ${grain}` : ''
  const caution = shape.keys.includes('group') ? ' Whether they differ by more than noise is not tested.' : ''
  return `On average${per} most is ${said(first)}, least ${said(last)}.${caution}`
}

/** Percentiles lie above each other by what they are: one of them is compared. */
function comparable(series: readonly ExploreSeries[], keys: readonly string[]): readonly ExploreSeries[] {
  const at = keys.indexOf('percentile')
  if (at < 0) return series
  const all = [...new Set(series.map((one) => Number(one.keys[at])))].sort((a, b) => a - b)
  const chosen = all.includes(85) ? 85 : all[all.length - 1]
  return series.filter((one) => Number(one.keys[at]) === chosen)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
