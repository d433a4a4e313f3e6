import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { inOrder, upTo } from './in-order'
import { DAY, DayAxis, dayX, StageKey } from './lives'
import { Box, Bracket, INK, Label, Stroke } from './marks'
import { STAGES, STORY, type StageId, stageOn, storyDays } from './story'

const [BOTTOM, STEP] = [164, 24]
const HEIGHT = BOTTOM + 40

function countY(count: number): number {
  return BOTTOM - count * STEP
}

function Counts({ most }: { most: number }) {
  return (
    <>
      {upTo(most).map((count) => (
        <Label key={count} x={22} y={countY(count) + 4} anchor="end" color={INK.dim}>
          {count}
        </Label>
      ))}
      <Label x={dayX(1)} y={12} color={INK.dim}>
        items
      </Label>
    </>
  )
}

/** Items that have reached a stage or a later one by the end of a day. */
export function reachedOn(stage: number, day: number): number {
  return STORY.filter((item) =>
    storyDays().some((one) => {
      const at = one <= day ? stageOn(item, one) : undefined
      return at !== undefined && STAGES.findIndex(({ id }) => id === at) >= stage
    }),
  ).length
}

/** Items that stand in a stage at the end of a day. */
export function standingOn(stage: StageId, day: number): number {
  return STORY.filter((item) => stageOn(item, day) === stage).length
}

const flow = FIGURES['cumulative-flow']

export const cumulativeFlow: Drawing = {
  caption: `The top line counts items that have started, the bottom line those that have finished; lines never fall. At the end of day ${flow.day}, ${flow.started} items had started and ${flow.finished} had finished: ${flow.between} lie between. The second start on day ${flow.from} and the second finish on day ${flow.to} lie about as far apart as an item takes: ${flow.days} days.`,
  height: HEIGHT,
  Picture: () => (
    <>
      <Counts most={STORY.length} />
      {STAGES.map((stage, index) => (
        <path
          key={stage.id}
          d={`M${dayX(1)} ${BOTTOM}${storyDays()
            .map((day) => `V${countY(reachedOn(index, day))}H${dayX(day + 1)}`)
            .join('')}V${BOTTOM}Z`}
          fill={stage.color}
          stroke={INK.surface}
          strokeWidth={0.75}
        />
      ))}
      <Hatched />
      <DayAxis y={BOTTOM} />
      <StageKey name="cumulative-flow" y={BOTTOM + 34} />
      <Readings />
    </>
  ),
}

/** The bands of waiting carry their texture, and nothing the others: their areas lie on top. */
function Hatched() {
  return (
    <>
      {storyDays().flatMap((day) =>
        STAGES.map((stage, index) => {
          const [upper, lower] = [reachedOn(index, day), reachedOn(index + 1, day)]
          if (stage.kind !== 'queue' || upper === lower) return null
          return (
            <Box
              key={`${stage.id} ${day}`}
              x={dayX(day)}
              y={countY(upper)}
              width={DAY}
              height={(upper - lower) * STEP}
              color={stage.color}
              hatch="cumulative-flow"
            />
          )
        }),
      )}
    </>
  )
}

function Readings() {
  const x = dayX(flow.day) + DAY / 2
  const y = countY(1.5)
  return (
    <>
      <Stroke from={[x, countY(flow.started)]} to={[x, countY(flow.finished)]} color={INK.surface} width={5} />
      <Stroke from={[x, countY(flow.started)]} to={[x, countY(flow.finished)]} color={INK.text} width={2} />
      <Label x={x} y={countY(flow.started) - 6} anchor="middle" strong>
        {flow.between} items
      </Label>
      <Stroke from={[dayX(flow.from), y]} to={[dayX(flow.to + 1), y]} color={INK.surface} width={5} />
      <Bracket from={dayX(flow.from)} to={dayX(flow.to + 1)} y={y} />
      <Label x={dayX(flow.to + 1) + 5} y={y + 4} strong>
        {flow.days} days
      </Label>
    </>
  )
}

const standing = FIGURES.occupancy

export const occupancy: Drawing = {
  caption: `A block for each item where it really stands at the end of the day. On day ${standing.day}, ${standing.build} stand in Build and ${standing.test} in Test. Blocks move back when an item does, as C on day ${standing.day}, and leave when it is cancelled.`,
  height: HEIGHT - 48,
  Picture: () => (
    <g transform="translate(0 -48)">
      {[1, 2, 3, 4].map((count) => (
        <Label key={count} x={22} y={countY(count - 0.5) + 4} anchor="end" color={INK.dim}>
          {count}
        </Label>
      ))}
      {storyDays().map((day) => (
        <Stack key={day} day={day} />
      ))}
      <rect
        x={dayX(standing.day)}
        y={countY(4) - 2}
        width={DAY}
        height={4 * STEP + 2}
        rx={3}
        fill="none"
        stroke={INK.text}
        strokeWidth={1.5}
      />
      <DayAxis y={BOTTOM} />
      <StageKey name="occupancy" y={BOTTOM + 34} />
    </g>
  ),
}

/** What is nearest to done stands lowest. */
function Stack({ day }: { day: number }) {
  const blocks = STAGES.filter(({ kind }) => kind !== 'done')
    .toReversed()
    .flatMap((stage) => upTo(standingOn(stage.id, day)).map(() => stage))
  return inOrder(blocks).map(({ value: stage, place }) => (
    <Box
      key={place}
      x={dayX(day) + 2}
      y={countY(place) + 1}
      width={DAY - 4}
      height={STEP - 2}
      color={stage.color}
      hatch={stage.kind === 'queue' ? 'occupancy' : undefined}
    />
  ))
}
