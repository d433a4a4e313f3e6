import type { EChartsOption, MarkAreaComponentOption } from 'echarts'
import type { Columns } from '@/lib/model/columns'
import type { Grain } from '@/lib/model/unit'
import { formatDay } from '@/lib/time/day'
import { baseOption, categoryAxis, firstParams, plotHeight, valueAxis } from './base'
import { mix } from './colors'
import type { ChartContext } from './context'
import type { Format } from './format'
import { tipHtml } from './tip'

export interface ProcessBehaviourInput {
  /** at, value, centre, upper, lower, signal, rule, baseline, rebased, partial. */
  readonly columns: Columns
  readonly grain: Grain
  /** "items finished per week" */
  readonly unit: string
  /** Which side of the centre is better; absent where neither is. */
  readonly better?: 'higher' | 'lower'
  /** The value is a share, written in per cent. */
  readonly isRatio?: boolean
}

/** Points with their centre and natural limits; signals are filled and named, the baseline is shaded. */
export function processBehaviour(input: ProcessBehaviourInput, context: ChartContext): EChartsOption {
  const { columns, grain, unit } = input
  const { palette } = context.theme
  const days = columns.numbers('at').map((day) => day ?? 0)
  const label = (day: number) => (grain === 'week' || grain === 'day' ? context.format.day(day) : context.format.period(day, grain))
  const line = (name: string, type: 'solid' | 'dashed') => ({
    id: name,
    type: 'line' as const,
    data: columns.numbers(name).map((value) => value ?? '-'),
    symbol: 'none',
    silent: true,
    step: 'middle' as const,
    lineStyle: { color: palette.textDim, width: 1, type },
    endLabel: endLabel(name, input, context),
    emphasis: { disabled: true },
  })
  const base = baseOption(context, { right: rightOf(input, context) })
  return {
    ...base,
    xAxis: categoryAxis(context, days.map(formatDay), (index) => label(days[index] ?? 0)),
    yAxis: valueAxis(context, unit, {
      min: 0,
      ...(input.isRatio
        ? { axisLabel: { color: palette.textDim, fontSize: 12, formatter: (value: number) => context.format.percent(value) } }
        : {}),
    }),
    tooltip: { ...(base.tooltip as object), formatter: (params: unknown) => tip(params, input, context) },
    series: [points(input, context), line('centre', 'solid'), line('upper', 'dashed'), line('lower', 'dashed')],
  }
}

const LINE_NAMES: Readonly<Record<string, string>> = { centre: 'centre', upper: 'upper limit', lower: 'lower limit' }

/** px of a letter of 12 px, on average. */
const LETTER = 6.4
const LEAST_RIGHT = 96

/** Room for the names of the limits, px. */
function rightOf(input: ProcessBehaviourInput, context: ChartContext): number {
  const longest = Math.max(...Object.keys(LINE_NAMES).map((name) => lastOf(name, input, context)?.length ?? 0))
  return Math.max(LEAST_RIGHT, Math.ceil(longest * LETTER + 12))
}

function lastOf(name: string, input: ProcessBehaviourInput, { format }: ChartContext): string | undefined {
  const value = input.columns.numbers(name).findLast((one) => one !== null) ?? null
  return value === null ? undefined : `${LINE_NAMES[name]} ${figureText(value, input, format)}`
}

function endLabel(name: string, input: ProcessBehaviourInput, context: ChartContext) {
  const text = lastOf(name, input, context)
  return { show: !context.narrow && text !== undefined, formatter: text ?? '', color: context.theme.palette.textDim, fontSize: 12 }
}

function points(input: ProcessBehaviourInput, context: ChartContext) {
  const { columns } = input
  const { palette } = context.theme
  const [signal, partial] = [columns.flags('signal'), columns.flags('partial')]
  const lifts = nameLifts(input, context)
  return {
    id: 'points',
    type: 'line' as const,
    z: 5,
    lineStyle: { color: palette.faint, width: 1 },
    symbol: 'circle',
    showAllSymbol: true,
    data: columns.numbers('value').map((value, row) => {
      const lift = context.narrow ? undefined : lifts.get(row)
      const color = toneColor(signalTone(input, row), context)
      return {
        value: value ?? '-',
        symbolSize: signal[row] ? 8 : 5,
        itemStyle: signal[row]
          ? { color, borderColor: color, borderWidth: 1 }
          : { color: palette.surface, borderColor: partial[row] ? palette.lineStrong : palette.faint, borderWidth: 1 },
        ...(lift === undefined
          ? {}
          : {
              label: {
                show: true,
                position: 'top' as const,
                distance: lift,
                formatter: columns.texts('rule')[row] ?? '',
                color,
                fontSize: 12,
              },
            }),
      }
    }),
    emphasis: { disabled: true },
    markArea: baselineArea(columns, context),
    markLine: {
      silent: true,
      symbol: 'none',
      data: [...columns.flags('rebased').entries()].flatMap(([row, rebased]) => (rebased ? [{ name: 'rebased', xAxis: row }] : [])),
      lineStyle: { color: palette.textDim, type: 'solid' as const, width: 1 },
      label: { formatter: 'limits taken anew', color: palette.textDim },
    },
  }
}

function baselineArea(columns: Columns, { theme, narrow }: ChartContext): MarkAreaComponentOption {
  const rows = [...columns.flags('baseline').entries()].flatMap(([row, is]) => (is ? [row] : []))
  const [first, last] = [rows[0], rows[rows.length - 1]]
  if (first === undefined || last === undefined) return { data: [] }
  return {
    silent: true,
    itemStyle: { color: mix(theme.palette.line, theme.palette.surface, 0.6) },
    label: { show: !narrow, position: 'insideBottomLeft', color: theme.palette.textDim, fontSize: 12 },
    data: [[{ name: 'baseline', xAxis: first }, { xAxis: last }]],
  }
}

/** px from a point to its name. */
const NAME_DISTANCE = 5

/**
 * Rows that bear the name of their rule: where it begins to fire, unless the name would run into another. With px by which a name stands
 * above its point: over all points that it reaches across.
 */
function nameLifts(input: ProcessBehaviourInput, context: ChartContext): ReadonlyMap<number, number> {
  const [rules, values] = [input.columns.texts('rule'), input.columns.numbers('value')]
  const step = (context.width - rightOf(input, context)) / rules.length
  const highest = (first: number, last: number) =>
    values.slice(Math.max(0, first), last + 1).reduce((most: number, value) => Math.max(most, value ?? 0), 0)
  const scale = plotHeight(context) / Math.max(highest(0, values.length), 1e-9)
  const named = new Map<number, number>()
  let end = Number.NEGATIVE_INFINITY
  for (const [row, rule] of rules.entries()) {
    const half = (rule.length * LETTER) / 2
    if (rule === '' || rule === rules[row - 1] || row * step - half < end + LETTER) continue
    const reach = Math.ceil(half / step)
    named.set(row, NAME_DISTANCE + scale * (highest(row - reach, row + reach) - (values[row] ?? 0)))
    end = row * step + half
  }
  return named
}

export type Tone = 'better' | 'worse' | 'noise' | 'plain'

/** What a point means: noise unless a rule fired, and then the side of the centre on which it lies. */
export function signalTone({ columns, better }: Pick<ProcessBehaviourInput, 'columns' | 'better'>, row: number): Tone {
  if (!columns.flags('signal')[row]) return 'noise'
  const [value, centre] = [columns.numbers('value')[row] ?? null, columns.numbers('centre')[row] ?? null]
  if (better === undefined || value === null || centre === null) return 'plain'
  return value > centre === (better === 'higher') ? 'better' : 'worse'
}

function toneColor(tone: Tone, { theme }: ChartContext): string {
  return tone === 'plain' ? theme.palette.text : theme.palette[tone]
}

/** How many points are signals, and what the last whole period says. */
export function behaviourVerdict(input: ProcessBehaviourInput, format: Format): string | undefined {
  const { columns, grain } = input
  const text = (value: number) => figureText(value, input, format)
  const [values, partial, rules] = [columns.numbers('value'), columns.flags('partial'), columns.texts('rule')]
  const row = values.findLastIndex((value, index) => value !== null && !partial[index])
  const [centre, upper] = [columns.numbers('centre')[row] ?? null, columns.numbers('upper')[row] ?? null]
  if (row < 0) return undefined
  if (centre === null || upper === null) return `Too few whole ${grain}s to say what is usual: limits need at least 6.`
  const lower = columns.numbers('lower')[row] ?? 0
  const usual = `Usual is ${text(centre)} a ${grain}, within ${text(lower)} to ${text(upper)}.`
  const rule = rules[row] || null
  const count = rules.filter((one) => one !== '').length
  const all =
    count === 0
      ? 'No point is a signal.'
      : `${format.count(count, 'point')} of ${format.number(rules.length)} ${count === 1 ? 'is a signal' : 'are signals'}.`
  const last =
    rule === null
      ? `The last whole ${grain} (${text(values[row] ?? 0)}) is noise.`
      : `The last whole ${grain} (${text(values[row] ?? 0)}) is a signal: ${rule}.`
  return `${usual} ${all} ${last}`
}

function figureText(value: number, { isRatio }: ProcessBehaviourInput, format: Format): string {
  return isRatio ? format.percent(value, 1) : format.number(value, 1)
}

function tip(params: unknown, input: ProcessBehaviourInput, { theme, format }: ChartContext): string {
  const { columns, grain } = input
  const row = firstParams(params)?.dataIndex ?? 0
  const text = (name: string) => {
    const value = columns.numbers(name)[row] ?? null
    return value === null ? 'none' : figureText(value, input, format)
  }
  const rule = columns.texts('rule')[row] || null
  return tipHtml({
    title: format.period(columns.numbers('at')[row] ?? 0, grain),
    rows: [
      { label: 'Value', value: text('value'), color: theme.palette.accent },
      { label: 'Centre', value: text('centre') },
      { label: 'Upper limit', value: text('upper') },
      { label: 'Lower limit', value: text('lower') },
    ],
    notes: [
      ...(rule === null ? ['No rule fires: noise.'] : [`Signal: ${rule}.`]),
      ...(columns.flags('baseline')[row] ? ['Part of the baseline.'] : []),
      ...(columns.flags('partial')[row] ? ['Partial period: shown, not judged.'] : []),
    ],
  })
}
