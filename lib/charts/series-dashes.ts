import type { ExploreInput } from './explore'
import type { Palette } from './palette'

/** px of line and gap: of the second line in a colour, the third, and all later ones. */
const DASHES = [
  [6, 2],
  [2, 2],
  [8, 2, 2, 2],
] as const
const ANY_GREY = 'grey'

/** By the id of a series, how its line is broken where one before it has its colour; greys are one colour, as thin lines look alike in them. */
export function seriesDashes(
  { data, colors }: Pick<ExploreInput, 'data' | 'colors'>,
  palette: Palette,
): ReadonlyMap<string, readonly number[]> {
  const [byId, seen] = [colors(palette), new Map<string, number>()]
  const greys = new Set([...palette.otherTypes, palette.rest])
  const dashes = data.series.flatMap(({ id }): [string, readonly number[]][] => {
    const own = byId.get(id) ?? palette.rest
    const color = greys.has(own) ? ANY_GREY : own
    const before = seen.get(color) ?? 0
    seen.set(color, before + 1)
    const dash = before > 0 && DASHES[Math.min(before, DASHES.length) - 1]
    return dash ? [[id, dash]] : []
  })
  return new Map(dashes)
}
