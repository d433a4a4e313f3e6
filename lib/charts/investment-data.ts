import type { Columns } from '@/lib/model/columns'
import { FLOW_TYPES, NO_VALUE } from '@/lib/model/dimension'
import type { Grain } from '@/lib/model/unit'
import { nextPeriod, periodStart } from '@/lib/time/grain'

export const INVESTMENT_MEASURES = ['finished', 'wip', 'time'] as const
export type InvestmentMeasure = (typeof INVESTMENT_MEASURES)[number]
export const INVESTMENT_SPLITS = ['goal', 'type'] as const
export type InvestmentSplit = (typeof INVESTMENT_SPLITS)[number]

export interface InvestmentAnswer {
  /** By group: throughput, work in progress or one percentile of the time to finish, per period. */
  readonly columns: Columns
  readonly measure: InvestmentMeasure
  readonly by: InvestmentSplit
  readonly grain: Grain
  /** Goals in the order of the portfolio; types need none. */
  readonly order: readonly string[]
  readonly nameOf: (value: string) => string
  /** Goals that have goals below them: a filter by one of these takes those in too. */
  readonly parents?: ReadonlySet<string>
  /** Days `[from, to)` that were asked about. */
  readonly window: readonly [number, number]
}

/** What one kind of work got, period by period. */
export interface InvestmentPart {
  readonly id: string
  /** Values of the dimension that it is made of. */
  readonly values: readonly string[]
  readonly label: string
  readonly kind: 'named' | 'other' | 'none'
  /** Its items can only be asked for together with those of the goals below. */
  readonly takesBelow: boolean
  /** One for each period; null: too few items to say. */
  readonly figures: readonly (number | null)[]
}

export interface InvestmentData extends Pick<InvestmentAnswer, 'measure' | 'by' | 'grain' | 'window'> {
  /** First days of the periods. */
  readonly periods: readonly number[]
  /** Of levels: the day at whose end they are taken. */
  readonly days: readonly number[]
  /** The window covers only a part of the period; a level is never partial. */
  readonly partial: readonly boolean[]
  readonly parts: readonly InvestmentPart[]
  /** Values that have no line of their own. */
  readonly leftOut: number
}

/** As many as there are colours that can be told apart. */
const MOST = 10
const WORDS = { goal: ['No goal', 'Other goals'], type: ['No type', 'Other types'] } as const

/** An answer as parts of a whole: what has no goal or type first, then each in its fixed order, the rest together. */
export function investmentData(answer: InvestmentAnswer): InvestmentData {
  const { columns, measure, by, grain, window, nameOf } = answer
  const at = columns.numbers(measure === 'wip' ? 'day_on' : 'period_on').map((day) => day ?? 0)
  const days = [...new Set(at)].sort((a, b) => a - b)
  const periods = days.map((day) => periodStart(day, grain))
  const rows = figuresByValue(answer, at, days)
  const known = inOrder([...rows.keys()], answer)
  const [named, rest] = [known.slice(0, MOST), known.slice(MOST)]
  const part = (kind: InvestmentPart['kind'], values: readonly string[], label: string): InvestmentPart => ({
    id: kind === 'named' ? `part:${values[0]}` : kind,
    values,
    label,
    kind,
    takesBelow: kind === 'named' && answer.parents?.has(values[0] ?? '') === true,
    figures: sumOf(values.map((value) => rows.get(value) ?? [])),
  })
  const [none, other] = WORDS[by]
  return {
    ...{ measure, by, grain, window, periods, days },
    partial: periods.map((start) => measure !== 'wip' && (start < window[0] || nextPeriod(start, grain) > window[1])),
    parts: [
      ...(rows.has(NO_VALUE) ? [part('none', [NO_VALUE], none)] : []),
      ...named.map((value) => part('named', [value], nameOf(value))),
      // Percentiles of several groups cannot be put together.
      ...(rest.length && measure !== 'time' ? [part('other', rest, `${other} (${rest.length})`)] : []),
    ],
    leftOut: measure === 'time' ? rest.length : 0,
  }
}

/** Sum of the parts in each period. */
export function totals({ parts, periods }: InvestmentData): number[] {
  return periods.map((_, index) => parts.reduce((sum, { figures }) => sum + (figures[index] ?? 0), 0))
}

/** Index of the last period that is whole; undefined when there is none. */
export function lastWhole({ partial }: InvestmentData): number | undefined {
  const index = partial.lastIndexOf(false)
  return index < 0 ? undefined : index
}

function figuresByValue({ columns, measure }: InvestmentAnswer, at: readonly number[], days: readonly number[]) {
  const indexOf = new Map(days.map((day, index) => [day, index]))
  const groups = columns.texts('group')
  const figures = columns.numbers(measure === 'time' ? 'value' : 'item_count')
  const enough = measure === 'time' ? columns.flags('enough') : undefined
  const found = new Map<string, (number | null)[]>()
  for (const [row, day] of at.entries()) {
    const value = groups[row] || NO_VALUE
    const own = found.get(value) ?? new Array<number | null>(days.length).fill(measure === 'time' ? null : 0)
    own[indexOf.get(day) ?? 0] = enough && !enough[row] ? null : (figures[row] ?? null)
    found.set(value, own)
  }
  return found
}

function inOrder(values: readonly string[], { by, order }: InvestmentAnswer): string[] {
  const fixed: readonly string[] = by === 'type' ? FLOW_TYPES : order
  const place = (value: string) => (fixed.includes(value) ? fixed.indexOf(value) : fixed.length)
  return values.filter((value) => value !== NO_VALUE).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

function sumOf(rows: readonly (readonly (number | null)[])[]): (number | null)[] {
  const [first = []] = rows
  return rows.length === 1 ? [...first] : first.map((_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0))
}
