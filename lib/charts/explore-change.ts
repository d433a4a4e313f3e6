import type { Columns } from '@/lib/model/columns'
import type { Unit } from '@/lib/model/unit'
import { effectInterval, effectText } from './effect'
import type { Format } from './format'

export interface ChangeInput {
  /** Of the metric `change`. */
  readonly columns: Columns
  readonly of: 'span' | 'throughput'
  readonly unit: Unit
}

/** "85 % finish within 23 days, 26 days before: −12 % (95 %: −44 % … +39 %). Could be noise." A sentence for each row. */
export function changeSentence({ columns, of, unit }: ChangeInput, row: number, format: Format): string {
  const at = (name: string) => columns.numbers(name)[row] ?? null
  const [before, after, effect, low, high] = [at('before'), at('after'), at('effect_ratio'), at('low'), at('high')]
  const verdict = columns.texts('verdict')[row] ?? ''
  if (before === null || after === null || effect === null || verdict === 'too little data') {
    const counts = `${format.count(at('n_before') ?? 0, 'item')} before and ${format.count(at('n_after') ?? 0, 'item')} after`
    return `Too little data to tell: ${counts}. Eleven items and six weeks are needed on either side.`
  }
  const said = (value: number) => (of === 'span' ? format.duration(value, unit) : `${format.number(value, 1)} items a week`)
  const figures =
    of === 'span' ? `85 % finish within ${said(after)}, ${said(before)} before` : `${said(after)} finish, ${said(before)} before`
  const interval = low === null || high === null ? '' : ` (${effectInterval([low, high], format)})`
  return `${figures}: ${effectText(effect, format)}${interval}. ${verdict === 'signal' ? 'Signal: more than noise.' : 'Could be noise.'}`
}

/** What of two periods can be tested of a metric; undefined: there is no test for it. */
export function testedFigure(metric: string): 'span' | 'throughput' | undefined {
  if (metric === 'throughput') return 'throughput'
  return ['span-percentiles', 'finished-items', 'span-histogram', 'span-density'].includes(metric) ? 'span' : undefined
}
