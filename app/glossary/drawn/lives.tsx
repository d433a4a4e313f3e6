import { WIDTH } from './drawing'
import classes from './drawn.module.css'
import { Box, INK, Label, Stroke } from './marks'
import { DAYS, lengthOf, STAGES, STORY, type StageId, type Stay, type StoryItem, startOf, storyDays } from './story'

const LEFT = 28
/** Width of a day. */
export const DAY = 21.5
const ROW = 22
/** Thickness of an item's bar. */
export const BAR = 12
const AXIS = 16
const KEY = 22
const DAYS_ID = 'drawn-days'
const KEY_ID = 'drawn-stages'
const KEY_WIDTHS: Readonly<Record<StageId, number>> = { ready: 62, build: 60, 'for-test': 78, test: 56, done: 50 }

/** Left edge of a day. */
export function dayX(day: number): number {
  return LEFT + (day - 1) * DAY
}

/** Upper edge of the bar in a row. */
export function rowY(row: number, top: number): number {
  return top + row * ROW
}

/** Height of the lives with their days, and of the key below them. */
export function livesHeight(rows: number, top: number): number {
  return axisY(rows, top) + AXIS + KEY
}

function axisY(rows: number, top: number): number {
  return rowY(rows, top)
}

interface LivesProps {
  /** Of the picture, for its hatching. */
  readonly name: string
  /** Room above. */
  readonly top: number
  readonly items?: readonly StoryItem[]
  /** Items that the picture is about; the others step back. */
  readonly about?: readonly string[]
  readonly keyed?: boolean
  /** What the bars say instead of their stages. */
  readonly colorOf?: (item: StoryItem) => string
}

/** Items' lives, a bar each across the days, coloured by where they stood at each day's end. */
export function Lives({ name, top, items = STORY, about, keyed = true, colorOf }: LivesProps) {
  return (
    <>
      {items.map((item, row) => (
        <g key={item.id}>
          <Label x={4} y={rowY(row, top) + BAR - 2} strong>
            {item.id}
          </Label>
          <g opacity={about && !about.includes(item.id) ? 0.3 : undefined}>
            {colorOf ? <Plain item={item} y={rowY(row, top)} color={colorOf(item)} /> : <Life item={item} name={name} y={rowY(row, top)} />}
          </g>
        </g>
      ))}
      <DayAxis y={axisY(items.length, top)} />
      {keyed && <StageKey name={name} y={axisY(items.length, top) + AXIS + 14} />}
    </>
  )
}

/** The bar of one item: its stays, and how it ended. */
function Life({ item, name, y }: { item: StoryItem; name: string; y: number }) {
  const { end } = item
  const last = item.stays.at(-1)
  return (
    <>
      {item.stays.map((stay) => (
        <StayBar key={stay.from} stay={stay} name={name} x={dayX(stay.from)} y={y} />
      ))}
      {end?.how === 'finished' && <Box x={dayX(end.day) + 0.5} y={y} width={DAY - 1} height={BAR} color={INK.done} />}
      {end?.how === 'cancelled' && <Cross x={dayX(end.day) + DAY / 2} y={y + BAR / 2} />}
      {!end && last && <Stroke from={[dayX(last.to), y + BAR / 2]} to={[WIDTH, y + BAR / 2]} color={INK.faint} width={2} dashed />}
    </>
  )
}

/** The whole life of a finished item in one colour. */
function Plain({ item, y, color }: { item: StoryItem; y: number; color: string }) {
  return <Box x={dayX(startOf(item)) + 0.5} y={y} width={lengthOf(item) * DAY - 1} height={BAR} color={color} />
}

/** A stay as a bar of its days. */
export function StayBar({ stay, name, x, y, height = BAR }: { stay: Stay; name: string; x: number; y: number; height?: number }) {
  const stage = STAGES.find(({ id }) => id === stay.stage)
  const width = (stay.to - stay.from) * DAY - 1
  return (
    <Box
      x={x + 0.5}
      y={y}
      width={width}
      height={height}
      color={stage?.color ?? INK.noise}
      hatch={stage?.kind === 'queue' ? name : undefined}
    />
  )
}

function Cross({ x, y }: { x: number; y: number }) {
  return <path d={`M${x - 5} ${y - 5}l10 10M${x - 5} ${y + 5}l10 -10`} stroke={INK.noise} strokeWidth={2} />
}

/** The days below the lives. */
export function DayAxis({ y }: { y: number }) {
  return <use href={`#${DAYS_ID}`} y={y} />
}

/** Which colour is which stage. */
export function StageKey({ name, y }: { name: string; y: number }) {
  return (
    <>
      {STAGES.map((stage, index) => (
        <Box
          key={stage.id}
          x={keyX(index)}
          y={y - 9}
          width={10}
          height={10}
          color={stage.color}
          hatch={stage.kind === 'queue' ? name : undefined}
        />
      ))}
      <use href={`#${KEY_ID}`} y={y} />
    </>
  )
}

function keyX(index: number): number {
  return 4 + STAGES.slice(0, index).reduce((sum, { id }) => sum + KEY_WIDTHS[id], 0)
}

/** The words that stand in most pictures, once on the page: the pictures refer to them. */
export function SharedWords() {
  return (
    <svg className={classes.shared} aria-hidden>
      <defs>
        <g id={DAYS_ID} className={classes.words}>
          <Stroke from={[LEFT, 0]} to={[LEFT + DAYS * DAY, 0]} color={INK.faint} />
          <Label x={0} y={AXIS - 2} color={INK.dim}>
            day
          </Label>
          {storyDays().map((day) => (
            <Label key={day} x={dayX(day) + DAY / 2} y={AXIS - 2} anchor="middle" color={INK.dim}>
              {day}
            </Label>
          ))}
        </g>
        <g id={KEY_ID} className={classes.words}>
          {STAGES.map((stage, index) => (
            <Label key={stage.id} x={keyX(index) + 15} y={0} color={INK.dim}>
              {stage.name}
            </Label>
          ))}
        </g>
      </defs>
    </svg>
  )
}

/** The edge between two days, down through all lives. */
export function DayLine({ day, top, rows, color = INK.accent }: { day: number; top: number; rows: number; color?: string }) {
  const x = dayX(day + 1)
  return <Stroke from={[x, top]} to={[x, axisY(rows, top)]} color={color} width={1.5} />
}
