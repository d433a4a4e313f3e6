import { type Drawing, WIDTH } from './drawing'
import { FIGURES } from './figures'
import { inOrder } from './in-order'
import { BAR, DayLine, dayX, Lives, livesHeight, rowY } from './lives'
import { Bracket, Dot, Ground, INK, Label, Stroke } from './marks'
import { FINISHED, lengthOf, STAGES, STORY, type StoryItem, startOf } from './story'

const TOP = 8

const lengths = FIGURES['finished-items'].days

/** Each length is one day per bar, first and last included. */
export const finishedItems: Drawing = {
  caption: `Each finished item with the days from its start to its finish, both included: A took ${lengths.A} days, B ${lengths.B}, C ${lengths.C} and D ${lengths.D}. E was cancelled and F is still open, so neither counts.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <Lives name="finished-items" top={TOP} about={FINISHED.map(({ id }) => id)} />
      {STORY.map((item, row) => item.end?.how === 'finished' && <LengthMark key={item.id} item={item} row={row} />)}
    </>
  ),
}

function LengthMark({ item, row }: { item: StoryItem; row: number }) {
  const [start, end] = [dayX(startOf(item)), dayX((item.end?.day ?? 0) + 1)]
  const y = rowY(row, TOP) + BAR
  return (
    <>
      <Bracket from={start + 0.5} to={end - 0.5} y={y + 5} />
      <Label x={end + 5} y={y - 2} strong>
        {lengthOf(item)} days
      </Label>
    </>
  )
}

const { day: agingDay, ages } = FIGURES['aging-work']
const AGING_TOP = 22

export const agingWork: Drawing = {
  caption: `At the end of day ${agingDay} the age of every open item runs from its start to that day: B is ${ages.B} days old, C ${ages.C}, D ${ages.D} and E ${ages.E}. What happens later does not matter yet.`,
  height: livesHeight(STORY.length, AGING_TOP),
  Picture: () => (
    <>
      <Lives name="aging-work" top={AGING_TOP} about={Object.keys(ages)} />
      <rect x={dayX(agingDay + 1)} y={AGING_TOP - 4} width={WIDTH - dayX(agingDay + 1)} height={22 * STORY.length} fill={INK.surface} />
      <DayLine day={agingDay} top={AGING_TOP - 6} rows={STORY.length} />
      <Label x={dayX(agingDay + 1)} y={12} anchor="middle" color={INK.accent}>
        end of day {agingDay}
      </Label>
      {STORY.map((item, row) => (
        <AgeMark key={item.id} item={item} row={row} />
      ))}
    </>
  ),
}

function AgeMark({ item, row }: { item: StoryItem; row: number }) {
  const y = rowY(row, AGING_TOP) + BAR
  const x = dayX(agingDay + 1)
  const age = Object.entries(ages).find(([id]) => id === item.id)?.[1]
  if (age === undefined) {
    return (
      <Label x={x + 8} y={y - 1} color={INK.dim}>
        {startOf(item) > agingDay ? 'not there yet' : 'done'}
      </Label>
    )
  }
  return (
    <>
      <Bracket from={dayX(startOf(item)) + 0.5} to={x - 1} y={y + 5} />
      <Label x={x + 8} y={y - 1} strong>
        {age} days old
      </Label>
    </>
  )
}

const { n: paced, medians } = FIGURES.pace
const PACE_BOTTOM = 150
const PACED = STAGES.filter(({ id }) => id !== 'done')

export const pace: Drawing = {
  caption: `A dot for each of the ${paced} finished items at the age at which it left the stage for the last time. The line is the median: at least half had left Build at ${medians.build} days of age and Test at ${medians.test}.`,
  height: 182,
  Picture: () => (
    <>
      {[0, 2, 4, 6, 8].map((days) => (
        <Label key={days} x={20} y={paceY(days) + 4} anchor="end" color={INK.dim}>
          {days}
        </Label>
      ))}
      <Label x={4} y={13} color={INK.dim}>
        age in days
      </Label>
      <Ground y={PACE_BOTTOM} from={28} to={336} />
      {PACED.map((stage, index) => (
        <PaceColumn key={stage.id} stage={stage} x={28 + index * 77} />
      ))}
    </>
  ),
}

function paceY(days: number): number {
  return PACE_BOTTOM - days * 14
}

function PaceColumn({ stage, x }: { stage: (typeof PACED)[number]; x: number }) {
  const exits = FINISHED.map((item) => lastExitAge(item, stage.id)).toSorted((a, b) => a - b)
  const median = stage.id === 'done' ? 0 : medians[stage.id]
  return (
    <>
      {inOrder(exits).map(({ value: age, place }) => (
        <Dot
          key={place}
          x={x + 20 + exits.slice(0, place - 1).filter((one) => one === age).length * 12}
          y={paceY(age)}
          color={stage.color}
        />
      ))}
      <Stroke from={[x + 6, paceY(median)]} to={[x + 58, paceY(median)]} color={INK.text} width={1.5} dashed />
      <Label x={x + 62} y={paceY(median) + 4} strong>
        {median}
      </Label>
      <Label x={x + 36} y={PACE_BOTTOM + 18} anchor="middle" color={INK.dim}>
        {stage.name}
      </Label>
    </>
  )
}

/** Age on the day on which an item left a stage for the last time. */
export function lastExitAge(item: StoryItem, stage: string): number {
  const last = item.stays.findLast((stay) => stay.stage === stage)
  return (last?.to ?? 0) - startOf(item) + 1
}

const SURVIVAL = FIGURES.survival
const [CURVE_LEFT, CURVE_BOTTOM, CURVE_DAY, CURVE_HEIGHT] = [44, 136, 26, 112]

export const survival: Drawing = {
  caption: `All ${SURVIVAL.started} items that started, drawn by their age: the curve falls when one finishes. After ${SURVIVAL.days} days ${SURVIVAL.share} % of them were not finished. E (cancelled) and F (still open) count as long as they were watched, which ends at the two rings.`,
  height: 176,
  Picture: SurvivalCurve,
}

function SurvivalCurve() {
  const steps = survivalSteps()
  const x = (days: number) => CURVE_LEFT + days * CURVE_DAY
  const y = (share: number) => CURVE_BOTTOM - share * CURVE_HEIGHT
  const path = steps.map(({ days, share }) => `H${x(days)}V${y(share)}`).join('')
  const at = (days: number) => steps.findLast((step) => step.days <= days)?.share ?? 1
  const watched = STORY.filter((item) => item.end?.how !== 'finished')
  return (
    <>
      {[0, 50, 100].map((percent) => (
        <Label key={percent} x={CURVE_LEFT - 6} y={y(percent / 100) + 4} anchor="end" color={INK.dim}>
          {percent} %
        </Label>
      ))}
      <Ground y={CURVE_BOTTOM} from={CURVE_LEFT} to={336} />
      <path d={`M${x(0)} ${y(1)}${path}`} fill="none" stroke={INK.accent} strokeWidth={2} />
      <Stroke from={[x(SURVIVAL.days), CURVE_BOTTOM]} to={[x(SURVIVAL.days), y(at(SURVIVAL.days))]} color={INK.text} dashed />
      <Label x={x(SURVIVAL.days) + 6} y={y(at(SURVIVAL.days)) - 8} strong>
        {SURVIVAL.share} % unfinished
      </Label>
      {watched.map((item) => (
        <g key={item.id}>
          <Dot x={x(lengthOf(item))} y={y(at(lengthOf(item)))} color={INK.noise} hollow />
          <Label x={x(lengthOf(item))} y={y(at(lengthOf(item))) + 18} anchor="middle" color={INK.dim}>
            {item.id}
          </Label>
        </g>
      ))}
      {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((days) => (
        <Label key={days} x={x(days)} y={CURVE_BOTTOM + 16} anchor="middle" color={INK.dim}>
          {days}
        </Label>
      ))}
      <Label x={336} y={CURVE_BOTTOM + 34} anchor="end" color={INK.dim}>
        days since the start
      </Label>
    </>
  )
}

/** Share that is not finished after so many days (Kaplan and Meier). */
export function survivalSteps(): { readonly days: number; readonly share: number }[] {
  let share = 1
  return FINISHED.map(lengthOf)
    .toSorted((a, b) => a - b)
    .map((days) => {
      const watched = STORY.filter((item) => lengthOf(item) >= days).length
      share *= 1 - 1 / watched
      return { days, share }
    })
}
