import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { inOrder, upTo } from './in-order'
import { CountCell, Dot, Ground, INK, Label, Stroke } from './marks'

/** For example twenty items, in the order in which they finished: the days that each took. */
export const LENGTHS = [5, 3, 8, 6, 12, 4, 7, 2, 16, 5, 6, 9, 3, 10, 7, 4, 21, 6, 13, 5] as const

const PERCENTILES = FIGURES['span-percentiles']
const [LEFT, RIGHT, BOTTOM, STEP] = [28, 238, 148, 6]

export const spanPercentiles: Drawing = {
  caption: `For example ${PERCENTILES.n} items in the order in which they finished. ${PERCENTILES.within} of them, which is ${PERCENTILES.percentile} %, took ${PERCENTILES.days} days or less: so the ${PERCENTILES.percentile}th percentile is ${PERCENTILES.days} days. The rings took longer. Half took ${PERCENTILES.median} days or less.`,
  height: 172,
  Picture: () => (
    <>
      <DaysUp />
      {inOrder(LENGTHS).map(({ value: days, place }) => (
        <Dot
          key={place}
          x={LEFT - 2 + place * 10.3}
          y={daysY(days)}
          color={days > PERCENTILES.days ? INK.worse : INK.accent}
          hollow={days > PERCENTILES.days}
        />
      ))}
      <PercentileLine days={PERCENTILES.days} text={`${PERCENTILES.percentile} % ≤ ${PERCENTILES.days} days`} />
      <PercentileLine days={PERCENTILES.median} text={`${PERCENTILES.half} % ≤ ${PERCENTILES.median} days`} />
      <Label x={RIGHT} y={BOTTOM + 17} anchor="end" color={INK.dim}>
        {PERCENTILES.n} items, as they finished
      </Label>
    </>
  ),
}

function daysY(days: number): number {
  return BOTTOM - days * STEP
}

function DaysUp() {
  return (
    <>
      {[5, 10, 15, 20].map((days) => (
        <Label key={days} x={LEFT - 6} y={daysY(days) + 4} anchor="end" color={INK.dim}>
          {days}
        </Label>
      ))}
      <Label x={LEFT + 6} y={12} color={INK.dim}>
        days
      </Label>
      <Ground y={BOTTOM} from={LEFT} to={RIGHT} />
    </>
  )
}

function PercentileLine({ days, text }: { days: number; text: string }) {
  return (
    <>
      <Stroke from={[LEFT, daysY(days)]} to={[RIGHT, daysY(days)]} color={INK.text} dashed />
      <Label x={RIGHT + 5} y={daysY(days) + 4} strong>
        {text}
      </Label>
    </>
  )
}

const HISTOGRAM = FIGURES['span-histogram']
const [FOOT, BLOCK, COLUMN] = [92, 18, 14]

export const spanHistogram: Drawing = {
  caption: `The same ${HISTOGRAM.n} items put on piles by how long they took: ${HISTOGRAM.count} took ${HISTOGRAM.days} days. The long tail to the right, up to ${HISTOGRAM.longest} days, is why an average says little.`,
  height: 132,
  Picture: () => (
    <>
      {pilesOf(LENGTHS).flatMap(({ days, count }) =>
        upTo(count).map((level) => (
          <rect
            key={`${days} ${level}`}
            x={pileX(days) - COLUMN / 2 + 1}
            y={FOOT - level * BLOCK + 1}
            width={COLUMN - 2}
            height={BLOCK - 2}
            rx={1.5}
            fill={days === HISTOGRAM.days ? INK.accent : INK.noise}
          />
        )),
      )}
      <Ground y={FOOT} from={4} to={336} />
      <Label x={pileX(HISTOGRAM.days)} y={FOOT - HISTOGRAM.count * BLOCK - 6} anchor="middle" strong>
        {HISTOGRAM.count} items
      </Label>
      {[1, 3, 6, 9, 12, 15, 18, 21].map((days) => (
        <Label key={days} x={pileX(days)} y={FOOT + 16} anchor="middle" color={INK.dim}>
          {days}
        </Label>
      ))}
      <Label x={336} y={FOOT + 34} anchor="end" color={INK.dim}>
        days from start to finish
      </Label>
    </>
  ),
}

function pileX(days: number): number {
  return 4 + days * 15
}

/** How many items took each length. */
export function pilesOf(lengths: readonly number[]): { readonly days: number; readonly count: number }[] {
  return [...new Set(lengths)].map((days) => ({ days, count: lengths.filter((one) => one === days).length }))
}

const DENSITY = FIGURES['span-density']
/** For example the items of seven weeks: the days that each took. */
export const WEEKS: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 5, 7, 9],
  [2, 3, 3, 4, 4, 6, 8, 11],
  [1, 2, 4, 5, 6, 6, 7, 10, 14],
  [2, 3, 4, 4, 5, 5, 5, 6, 6, 8],
  [1, 3, 3, 4, 5, 7, 8, 12],
  [2, 2, 4, 6, 6, 9, 10, 21],
  [1, 3, 5, 4, 5, 6, 7, 8, 13],
]
/** Days that a cell is high. */
const CELL_DAYS = 3
const [CELL_WIDTH, CELL_HEIGHT, CELLS_LEFT, CELLS_BOTTOM] = [41, 18, 44, 148]

export const spanDensity: Drawing = {
  caption: `For example ${DENSITY.n} items over ${DENSITY.weeks} weeks, too many for a dot each: a cell’s colour grows with the items in it. In week ${DENSITY.week}, ${DENSITY.count} items took ${DENSITY.fromDays} to ${DENSITY.toDays} days. Items slower than ${DENSITY.percentile} % of all stay dots, like the one with ${DENSITY.longest} days.`,
  height: 188,
  Picture: () => (
    <>
      {inOrder(WEEKS).flatMap(({ value: lengths, place: week }) =>
        inOrder(cellCounts(lengths)).map(({ value, place }) => (
          <CountCell
            key={`${week} ${place}`}
            {...{ x: CELLS_LEFT + (week - 1) * CELL_WIDTH, y: CELLS_BOTTOM - place * CELL_HEIGHT, width: CELL_WIDTH, height: CELL_HEIGHT }}
            count={value}
            color={INK.active}
            isMeant={week === DENSITY.week && value === DENSITY.count}
          />
        )),
      )}
      {[0, 1, 2, 3, 4, 5, 6].map((cell) => (
        <Label key={cell} x={CELLS_LEFT - 6} y={CELLS_BOTTOM - cell * CELL_HEIGHT - 5} anchor="end" color={INK.dim}>
          {cell * CELL_DAYS + 1}–{(cell + 1) * CELL_DAYS}
        </Label>
      ))}
      <Ground y={CELLS_BOTTOM} from={CELLS_LEFT} to={CELLS_LEFT + WEEKS.length * CELL_WIDTH} />
      {inOrder(WEEKS).map(({ value: lengths, place: week }) => (
        <g key={week}>
          <Label x={CELLS_LEFT + (week - 0.5) * CELL_WIDTH} y={CELLS_BOTTOM + 16} anchor="middle" color={INK.dim}>
            {week}
          </Label>
          {lengths.filter(isOutlier).map((days) => (
            <Dot
              key={days}
              x={CELLS_LEFT + (week - 0.5) * CELL_WIDTH + 12}
              y={CELLS_BOTTOM - (Math.ceil(days / CELL_DAYS) - 0.5) * CELL_HEIGHT}
              color={INK.accent}
            />
          ))}
        </g>
      ))}
      <Label x={4} y={12} color={INK.dim}>
        days
      </Label>
      <Label x={CELLS_LEFT + WEEKS.length * CELL_WIDTH} y={CELLS_BOTTOM + 33} anchor="end" color={INK.dim}>
        week in which they finished
      </Label>
    </>
  ),
}

/** Items of a week in each cell, the shortest first. */
export function cellCounts(lengths: readonly number[]): number[] {
  return [0, 1, 2, 3, 4, 5, 6].map((cell) => lengths.filter((days) => Math.ceil(days / CELL_DAYS) - 1 === cell).length)
}

/** Longer than 95 % of all. */
export function isOutlier(days: number): boolean {
  return days > 12
}
