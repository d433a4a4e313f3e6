import type { Format } from '@/lib/charts/format'
import type { MapMove, StreamMap } from '@/lib/charts/value-stream-map'
import classes from './map.module.css'

interface MapReadingProps {
  readonly map: StreamMap
  readonly undrawn: readonly MapMove[]
  readonly format: Format
}

/** How to read the map, and what of it is only in the table. */
export function MapReading({ map, undrawn, format }: MapReadingProps) {
  const rare = undrawn.filter(({ kind }) => kind !== 'out')
  const out = undrawn.filter(({ kind, to }) => kind === 'out' && to === 'cancelled')
  const movesOf = (moves: readonly MapMove[]) => format.count(sumOf(moves), 'move')
  return (
    <ul className={classes.reading} aria-label="How to read this map">
      <li>Triangle: items wait, their number inside</li>
      <li>Box: items are worked on</li>
      <li>Arrow: as thick as its moves</li>
      {map.moves.some(({ kind }) => kind === 'back') && <li>Loop above: moves back</li>}
      <Waste map={map} />
      {map.stages.some(({ counted }) => !counted) && <li>Dashed: outside the span, not in the totals</li>}
      {rare.length > 0 && <li>Not drawn, in the table: {movesOf(rare)} along rarer ways</li>}
      {out.length > 0 && <li>{format.count(sumOf(out), 'item')} cancelled on the way</li>}
    </ul>
  )
}

/** The same where the map goes from top to bottom. */
export function ColumnReading({ map }: Pick<MapReadingProps, 'map'>) {
  return (
    <ul className={classes.reading} aria-label="How to read this map">
      <li>Dashed: items wait</li>
      <li>Solid: items are worked on</li>
      <li>Bar: time waiting, then active</li>
      <li>Between stages: moves to the next</li>
      <Waste map={map} />
    </ul>
  )
}

function Waste({ map }: Pick<MapReadingProps, 'map'>) {
  return map.stages.some(({ isWaste }) => isWaste) && <li>Waste: share of all waiting inside the span, the largest only</li>
}

function sumOf(moves: readonly MapMove[]): number {
  return moves.reduce((sum, { moves: count }) => sum + count, 0)
}
