import { type Drawing, WIDTH } from './drawing'
import { FIGURES } from './figures'
import { inOrder } from './in-order'
import { CountCell, Dot, Ground, INK, Label, Stroke } from './marks'

const DENSITY = FIGURES['aging-density']

/** For example the unfinished items of three stages: the days that each is old. */
export const OPEN: readonly { readonly stage: string; readonly ages: readonly number[] }[] = [
  { stage: 'Ready', ages: [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 8, 9] },
  { stage: 'Build', ages: [2, 3, 4, 4, 5, 5, 6, 6, 6, 7, 8, 9, 10, 11, 14, 19] },
  { stage: 'Test', ages: [4, 5, 7, 8, 8, 9, 10, 11, 12, 15, 17] },
]
/** Days that a cell is high. */
const CELL_DAYS = 3
const [CELL_WIDTH, CELL_HEIGHT, LEFT, BOTTOM, COLUMN] = [60, 18, 44, 148, 84]
const CELLS = [0, 1, 2, 3, 4, 5, 6]

export const agingDensity: Drawing = {
  caption: `For example ${DENSITY.n} unfinished items in ${DENSITY.stages} stages, too many for a dot each: a cell’s colour grows with the items in it. In Build, ${DENSITY.count} items are ${DENSITY.fromDays} to ${DENSITY.toDays} days old. The ${DENSITY.oldest} oldest stay dots, and cells past the expectation of ${DENSITY.expected} days are drawn in its colour.`,
  height: 172,
  Picture: () => (
    <>
      {inOrder(OPEN).map(({ value, place }) => (
        <StageColumn key={value.stage} stage={value.stage} ages={value.ages} x={LEFT + (place - 1) * COLUMN} />
      ))}
      {CELLS.map((cell) => (
        <Label key={cell} x={LEFT - 6} y={BOTTOM - cell * CELL_HEIGHT - 5} anchor="end" color={INK.dim}>
          {cell * CELL_DAYS + 1}–{(cell + 1) * CELL_DAYS}
        </Label>
      ))}
      <Ground y={BOTTOM} from={LEFT} to={WIDTH} />
      <Stroke from={[LEFT, EXPECTED]} to={[LEFT + OPEN.length * COLUMN, EXPECTED]} color={INK.text} />
      <Label x={LEFT + OPEN.length * COLUMN + 2} y={EXPECTED + 4} strong>
        {DENSITY.expected} d
      </Label>
      <Label x={4} y={12} color={INK.dim}>
        age in days
      </Label>
    </>
  ),
}

const EXPECTED = BOTTOM - (DENSITY.expected / CELL_DAYS) * CELL_HEIGHT

function StageColumn({ stage, ages, x }: { stage: string; ages: readonly number[]; x: number }) {
  return (
    <>
      {inOrder(agesInCells(ages)).map(({ value: count, place }) => (
        <CountCell
          key={place}
          {...{ x, y: BOTTOM - place * CELL_HEIGHT, width: CELL_WIDTH, height: CELL_HEIGHT, count }}
          color={place * CELL_DAYS > DENSITY.expected ? INK.worse : INK.active}
          isMeant={place * CELL_DAYS === DENSITY.toDays && count === DENSITY.count}
        />
      ))}
      {ages.filter(isOldest).map((days) => (
        <Dot key={days} x={x + CELL_WIDTH + 8} y={BOTTOM - (days / CELL_DAYS - 0.2) * CELL_HEIGHT} color={INK.worse} />
      ))}
      <Label x={x + CELL_WIDTH / 2} y={BOTTOM + 16} anchor="middle" color={INK.dim}>
        {stage}
      </Label>
    </>
  )
}

/** Items of each cell, the youngest first. */
export function agesInCells(ages: readonly number[]): number[] {
  return CELLS.map((cell) => ages.filter((days) => Math.ceil(days / CELL_DAYS) - 1 === cell).length)
}

/** Among the oldest, which stay dots. */
export function isOldest(days: number): boolean {
  return days > 14
}
