import type { ServiceLevel } from '@/lib/model/value-stream'
import type { AgingDensity } from './aging-density'
import type { Format } from './format'

/** "7 of 69 items are past the expectation of 20 days; 12 more are likelier than not to miss it." */
export function unfinishedVerdict({ total, oldest, late, likely }: AgingDensity, format: Format, sle?: ServiceLevel): string | undefined {
  if (total === 0) return undefined
  if (!sle) {
    return `The oldest of ${format.count(total, 'item')} is ${format.count(oldest, 'day')} old. Without an expectation for the stream there is no risk to give.`
  }
  const more = likely - late
  const are = late === 1 ? 'is' : 'are'
  const next = more > 0 ? `; ${format.number(more)} more ${more === 1 ? 'is' : 'are'} likelier than not to miss it` : ''
  return `${format.number(late)} of ${format.count(total, 'item')} ${are} past the expectation of ${format.count(sle.days, 'day')}${next}.`
}
