import type { Format } from '@/lib/charts/format'
import type { Verification } from '@/lib/metrics/verify/verify'
import { AREAS } from './areas'

export type FoundArea = (typeof AREAS)[number] & {
  /** Those that fail first. */
  readonly checks: Verification['checks']
  readonly met: number
}

/** What was found in each area: where a check fails first, and the files, of which there are most and which say least, last. */
export function foundAreas({ checks }: Verification): FoundArea[] {
  const areas = AREAS.map((area): FoundArea => {
    const own = checks.filter((check) => check.area === area.name)
    const met = own.filter((check) => check.is_met)
    return { ...area, checks: [...own.filter((check) => !check.is_met), ...met], met: met.length }
  })
  const rank = ({ name, checks: own, met }: FoundArea) => (met < own.length ? 0 : name === 'files' ? 2 : 1)
  return areas.toSorted((a, b) => rank(a) - rank(b))
}

/** How many of its checks hold. */
export function heldText({ checks, met }: FoundArea, format: Format): string {
  return checks.length === 0 ? 'not reached' : `${format.number(met)} of ${format.count(checks.length, 'check')} hold`
}
