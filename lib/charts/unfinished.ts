import type { Columns } from '@/lib/model/columns'
import type { ServiceLevel } from '@/lib/model/value-stream'
import type { Format } from './format'

/** Rows whose key, title, type or team holds all words of the text, in their order. */
export function searchRows(columns: Columns, text: string): number[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const all = Array.from({ length: columns.rowCount }, (_, row) => row)
  if (words.length === 0) return all
  const fields = ['key', 'title', 'type', 'team'].filter((name) => columns.has(name)).map((name) => columns.texts(name))
  return all.filter((row) => {
    const held = fields
      .map((values) => values[row] ?? '')
      .join(' ')
      .toLocaleLowerCase()
    return words.every((word) => held.includes(word))
  })
}

/** "7 of 69 items are past the expectation of 20 days; 12 more are likelier than not to miss it." */
export function unfinishedVerdict(columns: Columns, format: Format, sle?: ServiceLevel): string | undefined {
  const n = columns.rowCount
  if (n === 0) return undefined
  const ages = columns.numbers('age_days')
  if (!sle) {
    const oldest = ages.reduce<number>((most, age) => Math.max(most, age ?? 0), 0)
    return `The oldest of ${format.count(n, 'item')} is ${format.count(oldest, 'day')} old. Without an expectation for the stream there is no risk to give.`
  }
  const risks = columns.numbers('miss_risk_ratio')
  const past = ages.filter((age) => (age ?? 0) > sle.days).length
  const likely = ages.filter((age, row) => (age ?? 0) <= sle.days && (risks[row] ?? 0) > 0.5).length
  const are = past === 1 ? 'is' : 'are'
  const next = likely > 0 ? `; ${format.number(likely)} more ${likely === 1 ? 'is' : 'are'} likelier than not to miss it` : ''
  return `${format.number(past)} of ${format.count(n, 'item')} ${are} past the expectation of ${format.count(sle.days, 'day')}${next}.`
}
