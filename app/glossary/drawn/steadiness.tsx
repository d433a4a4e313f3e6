import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { BAR, DAY, DayAxis, dayX, StayBar } from './lives'
import { Box, Ground, INK, Label, Stroke } from './marks'
import { FINISHED, lengthOf, openOn, type StoryItem, startOf, storyDays } from './story'

const sure = FIGURES.predictability
const [LIMIT_LEFT, ROWS_TOP, ROW] = [28, 26, 24]
const ALIGNED_BOTTOM = ROWS_TOP + FINISHED.length * ROW

export const predictability: Drawing = {
  caption: `The finished items laid side by side. The stream expects to finish an item within ${sure.expected} days: ${sure.within} of ${sure.finished} did, so ${sure.share} % were within the expectation. C took longer.`,
  height: ALIGNED_BOTTOM + 20,
  Picture: () => {
    const limit = LIMIT_LEFT + sure.expected * DAY
    return (
      <>
        {FINISHED.map((item, row) => (
          <Aligned key={item.id} item={item} y={ROWS_TOP + row * ROW} />
        ))}
        <Stroke from={[limit, 16]} to={[limit, ALIGNED_BOTTOM]} color={INK.text} width={1.5} />
        <Label x={limit} y={12} anchor="middle" strong>
          expected: {sure.expected} days
        </Label>
        <Ground y={ALIGNED_BOTTOM} from={LIMIT_LEFT} to={LIMIT_LEFT + 10 * DAY} />
        <Label x={LIMIT_LEFT + 10 * DAY + 4} y={ALIGNED_BOTTOM + 15} color={INK.dim}>
          days
        </Label>
        {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((day) => (
          <Label key={day} x={LIMIT_LEFT + (day - 0.5) * DAY} y={ALIGNED_BOTTOM + 15} anchor="middle" color={INK.dim}>
            {day}
          </Label>
        ))}
      </>
    )
  },
}

function Aligned({ item, y }: { item: StoryItem; y: number }) {
  const shift = LIMIT_LEFT - dayX(startOf(item))
  const isLate = lengthOf(item) > sure.expected
  return (
    <>
      <Label x={4} y={y + BAR - 2} strong>
        {item.id}
      </Label>
      {item.stays.map((stay) => (
        <StayBar key={stay.from} stay={stay} name="predictability" x={dayX(stay.from) + shift} y={y} />
      ))}
      <Box x={dayX(item.end?.day ?? 0) + shift + 0.5} y={y} width={DAY - 1} height={BAR} color={INK.done} />
      <Label x={LIMIT_LEFT + 10 * DAY + 4} y={y + BAR - 2} color={isLate ? INK.worse : INK.text} strong={isLate}>
        {lengthOf(item)} days{isLate ? ', late' : ''}
      </Label>
    </>
  )
}

const law = FIGURES['littles-law']
const [COUNT_BOTTOM, COUNT_STEP, PAIR] = [84, 16, 124]

export const littlesLaw: Drawing = {
  caption: `On average ${law.wip} items were under way, and ${law.finished} finished in ${law.days} days. By the law an item then takes ${law.wip} × ${law.days} ÷ ${law.finished} = ${law.predicted} days, but those that finished took ${law.measured}: it does not hold here, since E was cancelled and F is not finished. The card tests each such condition.`,
  height: PAIR + 52,
  Picture: () => (
    <>
      {storyDays().map((day) => (
        <rect
          key={day}
          x={dayX(day) + 1}
          y={COUNT_BOTTOM - openOn(day).length * COUNT_STEP}
          width={DAY - 2}
          height={openOn(day).length * COUNT_STEP}
          rx={1.5}
          fill={INK.noise}
          opacity={0.55}
        />
      ))}
      <DayAxis y={COUNT_BOTTOM} />
      <Stroke
        from={[dayX(1), COUNT_BOTTOM - law.wip * COUNT_STEP]}
        to={[dayX(15), COUNT_BOTTOM - law.wip * COUNT_STEP]}
        color={INK.text}
        dashed
      />
      <Label x={dayX(15)} y={COUNT_BOTTOM - law.wip * COUNT_STEP - 6} anchor="end" strong>
        average {law.wip}
      </Label>
      <Label x={dayX(1)} y={12} color={INK.dim}>
        items
      </Label>
      <LawBar days={law.predicted} y={PAIR} text="by the law" color={INK.noise} />
      <LawBar days={law.measured} y={PAIR + 24} text="measured" color={INK.accent} />
    </>
  ),
}

function LawBar({ days, y, text, color }: { days: number; y: number; text: string; color: string }) {
  return (
    <>
      <Label x={66} y={y + 12} anchor="end" color={INK.dim}>
        {text}
      </Label>
      <rect x={72} y={y} width={days * DAY} height={16} rx={1.5} fill={color} />
      <Label x={72 + days * DAY + 6} y={y + 12} strong>
        {days} days
      </Label>
    </>
  )
}
