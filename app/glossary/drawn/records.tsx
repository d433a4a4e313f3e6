import { type Drawing, WIDTH } from './drawing'
import { FIGURES } from './figures'
import { upTo } from './in-order'
import { BAR, DayLine, dayX, Lives, livesHeight, rowY, StageKey } from './lives'
import { Box, Bracket, Dot, INK, Label, Stroke } from './marks'
import { STAGES, STORY, type StoryItem, stageOn, startOf } from './story'

const TOP = 8
const odd = FIGURES['data-quality']

export const dataQuality: Drawing = {
  caption: `${odd.items} of ${odd.of} items, F, has no type, so no share by type holds it. Beside each such finding stands what it does to the figures: without F, work in progress on the last day would be ${odd.without} instead of ${odd.with}.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <Lives name="data-quality" top={TOP} about={['F']} />
      {STORY.map((item, row) => (
        <Type key={item.id} item={item} row={row} />
      ))}
    </>
  ),
}

/** An item's type after its life, and where there is none, that. */
function Type({ item, row }: { item: StoryItem; row: number }) {
  const y = rowY(row, TOP)
  if (item.type !== undefined && item.end) {
    return (
      <Label x={dayX(item.end.day + 1) + 6} y={y + BAR - 2} color={INK.dim}>
        {item.type}
      </Label>
    )
  }
  const right = dayX(startOf(item)) - 6
  return (
    <>
      <rect
        x={right - 58}
        y={y - 4}
        width={58}
        height={BAR + 8}
        rx={4}
        fill={INK.surface}
        stroke={INK.worse}
        strokeWidth={1.5}
        strokeDasharray="4 3"
      />
      <Label x={right - 29} y={y + BAR - 2} anchor="middle" color={INK.worse} strong>
        no type
      </Label>
    </>
  )
}

const values = FIGURES.facets
const VALUE_LEFT = 92

export const facets: Drawing = {
  caption: `How many of the story’s items have each value on the last day: ${values.team.Web} belong to team Web and ${values.team.Data} to team Data, ${values.type.feature} are features, and ${values.type.none} has no type. These are the choices to narrow everything by.`,
  height: 150,
  Picture: () => (
    <>
      <Values title="team" top={6} names={Object.keys(values.team)} pick={(item) => item.handed?.team ?? item.team} />
      <Values title="type" top={62} names={Object.keys(values.type)} pick={(item) => item.type ?? 'none'} />
    </>
  ),
}

interface ValuesProps {
  readonly title: string
  readonly top: number
  readonly names: readonly string[]
  readonly pick: (item: StoryItem) => string
}

/** The values of a dimension, each with the items that have it. */
function Values({ title, top, names, pick }: ValuesProps) {
  return (
    <>
      <Label x={4} y={top + 12} strong>
        {title}
      </Label>
      {names.map((name, row) => {
        const own = STORY.filter((item) => pick(item) === name)
        const y = top + row * 22
        return (
          <g key={name}>
            <Label x={VALUE_LEFT - 8} y={y + 12} anchor="end" color={INK.dim}>
              {name === 'none' ? 'no type' : name}
            </Label>
            {own.map((item, place) => (
              <g key={item.id}>
                <Dot x={VALUE_LEFT + 8 + place * 21} y={y + 8} r={8} color={INK.noise} />
                <Label x={VALUE_LEFT + 8 + place * 21} y={y + 12} anchor="middle" color={INK.surface} strong bare>
                  {item.id}
                </Label>
              </g>
            ))}
            <Label x={VALUE_LEFT + own.length * 21 + 6} y={y + 12} strong>
              {own.length === 1 ? '1 item' : `${own.length} items`}
            </Label>
          </g>
        )
      })}
    </>
  )
}

const list = FIGURES.items
const LIST_TOP = 22

export const items: Drawing = {
  caption: `The list as it stood at the end of day ${list.day}: ${list.items} items, ${list.finished} of them finished, ${list.test} in Test and ${list.build} in Build. F does not exist yet.`,
  height: livesHeight(STORY.length, LIST_TOP),
  Picture: () => (
    <>
      <Lives name="items" top={LIST_TOP} />
      <rect x={dayX(list.day + 1)} y={LIST_TOP - 4} width={WIDTH - dayX(list.day + 1)} height={22 * STORY.length + 2} fill={INK.surface} />
      <DayLine day={list.day} top={LIST_TOP - 6} rows={STORY.length} />
      <Label x={dayX(list.day + 1)} y={12} anchor="middle" color={INK.accent}>
        end of day {list.day}
      </Label>
      {STORY.map((item, row) => {
        const stage = STAGES.find(({ id }) => id === stageOn(item, list.day))
        return (
          <Label
            key={item.id}
            x={dayX(list.day + 1) + 8}
            y={rowY(row, LIST_TOP) + BAR - 2}
            strong={stage !== undefined}
            color={stage ? INK.text : INK.dim}
          >
            {stage ? stage.name : 'not there yet'}
          </Label>
        )
      })}
    </>
  ),
}

const life = FIGURES['item-life']
const WIDE = 38

export const itemLife: Drawing = {
  caption: `All that happened to B, in order: ${life.days.ready} day in Ready, ${life.days.build} in Build, ${life.blocked} of them blocked, ${life.days['for-test']} waiting for test, ${life.days.test} in Test, and then it was done.`,
  height: 128,
  Picture: () => {
    const item = STORY.find(({ id }) => id === 'B')
    const [spell, first] = [item?.blocked, item?.stays[0]]
    if (!item || !spell || !first) return null
    const x = (day: number) => 4 + (day - first.from) * WIDE
    return (
      <g transform="translate(0 4)">
        {item.stays.map((stay) => (
          <g key={stay.from}>
            <Stay from={x(stay.from)} width={(stay.to - stay.from) * WIDE} stage={stay.stage} />
            <Label x={x(stay.from) + 2} y={60} color={INK.dim}>
              {stay.to - stay.from === 1 ? '1 day' : `${stay.to - stay.from} days`}
            </Label>
          </g>
        ))}
        <Stay from={x(item.end?.day ?? 0)} width={WIDE} stage="done" />
        <Box x={x(spell.from)} y={26} width={x(spell.to) - x(spell.from)} height={20} color={INK.worse} hatch="item-life" />
        <Bracket from={x(spell.from)} to={x(spell.to)} y={18} color={INK.worse} />
        <Label x={(x(spell.from) + x(spell.to)) / 2} y={11} anchor="middle" color={INK.worse} strong>
          blocked for {life.blocked} days
        </Label>
        <DayNumbers x={x} from={first.from} to={item.end?.day ?? 0} />
        <StageKey name="item-life" y={116} />
      </g>
    )
  },
}

function DayNumbers({ x, from, to }: { x: (day: number) => number; from: number; to: number }) {
  return (
    <>
      <Stroke from={[x(from), 70]} to={[x(to + 1), 70]} color={INK.faint} />
      {upTo(to - from + 1)
        .map((place) => from + place - 1)
        .map((day) => (
          <Label key={day} x={x(day) + WIDE / 2} y={86} anchor="middle" color={INK.dim}>
            {day}
          </Label>
        ))}
    </>
  )
}

function Stay({ from, width, stage }: { from: number; width: number; stage: string }) {
  const known = STAGES.find(({ id }) => id === stage)
  return (
    <Box
      x={from + 0.5}
      y={26}
      width={width - 1}
      height={20}
      color={known?.color ?? INK.noise}
      hatch={known?.kind === 'queue' ? 'item-life' : undefined}
    />
  )
}
