import { expect, it } from 'vitest'
import { categoryAxis } from './base'
import { LIGHT_CONTEXT } from './testing/fixture'

/** Of so many places, those whose name may stand below them. */
function namedOf(places: number, width: number): boolean[] {
  const names = Array.from({ length: places }, (_, place) => `${place}`)
  const { axisLabel } = categoryAxis({ ...LIGHT_CONTEXT, width }, names, () => '21 Jul 2025') as {
    axisLabel: { formatter: (name: string, place: number) => string }
  }
  return names.map((name, place) => axisLabel.formatter(name, place) !== '')
}

it('names no place so near to the end that its name would be cut off', () => {
  const named = namedOf(157, 240)
  // Half of the name takes 36 px: 16 are right of the plot, whose 157 places take 184.
  expect([137, 138, 139, 140, 156].map((place) => named[place])).toEqual([true, true, true, false, false])
  expect(namedOf(12, 240)).not.toContain(false)
})
