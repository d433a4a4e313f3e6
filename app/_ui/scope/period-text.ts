import type { Format } from '@/lib/charts/format'
import type { Scope } from '@/lib/client/scope'
import { parseDay } from '@/lib/time/day'

/** "3 Mar 2016 – 31 May 2016": both days are part of it. */
export function periodText({ from, to }: Pick<Scope, 'from' | 'to'>, format: Format): string {
  const first = from === undefined ? undefined : parseDay(from)
  const end = to === undefined ? undefined : parseDay(to)
  if (first === undefined && end === undefined) return 'Whole history'
  if (first === undefined) return `to ${format.day((end ?? 0) - 1)}`
  if (end === undefined) return `from ${format.day(first)}`
  return end - 1 === first ? format.day(first) : `${format.day(first)} – ${format.day(end - 1)}`
}
