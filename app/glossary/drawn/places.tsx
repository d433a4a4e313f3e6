import { BlockedDays } from './blocked-days'
import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { BAR, dayX, Lives, livesHeight, rowY } from './lives'
import { Box, Bracket, INK, Label, Stroke } from './marks'
import { FINISHED, STAGES, STORY, type StageId } from './story'

const WORKED = STAGES.filter(({ kind }) => kind !== 'done')
const times = FIGURES['stage-times']
const TOP = 8
const BAR_LEFT = 62

/** One bar per stage, as long as the days spent in it. */
function StageBars({
  name,
  days,
  scale,
  top,
  marked,
}: {
  name: string
  days: Readonly<Partial<Record<StageId, number>>>
  scale: number
  top: number
  marked: StageId
}) {
  return WORKED.map((stage, index) => {
    const own = days[stage.id] ?? 0
    const y = top + index * 22
    return (
      <g key={stage.id}>
        <Label x={BAR_LEFT - 6} y={y + 11} anchor="end" color={INK.dim}>
          {stage.name}
        </Label>
        <Box x={BAR_LEFT} y={y} width={own * scale} height={14} color={stage.color} hatch={stage.kind === 'queue' ? name : undefined} />
        <Label x={BAR_LEFT + own * scale + 6} y={y + 11} strong={stage.id === marked}>
          {own} days
        </Label>
      </g>
    )
  })
}

const TIMES_BARS = livesHeight(FINISHED.length, TOP) - 8

export const stageTimes: Drawing = {
  caption: `The ${times.finished} finished items, and below them all their stays in each stage added up: ${times.days.build} of ${times.all} days were spent in Build, which is ${times.share} %. The days of C after its return count, too.`,
  height: TIMES_BARS + 4 * 22,
  Picture: () => (
    <>
      <Lives name="stage-times" top={TOP} items={FINISHED} keyed={false} />
      <StageBars name="stage-times" days={times.days} scale={16} top={TIMES_BARS} marked="build" />
    </>
  ),
}

const bottleneck = FIGURES.bottlenecks

export const bottlenecks: Drawing = {
  caption: `Of all ${bottleneck.all} days that items stayed in stages, ${bottleneck.days.build} were spent in Build: ${bottleneck.share} %. That is more than ${bottleneck.threshold} % of the time, so Build is named as a bottleneck, with this as its evidence.`,
  height: 122,
  Picture: () => {
    const scale = 11
    const limit = BAR_LEFT + (bottleneck.all * bottleneck.threshold * scale) / 100
    return (
      <>
        <StageBars name="bottlenecks" days={bottleneck.days} scale={scale} top={6} marked="build" />
        <Stroke from={[limit, 24]} to={[limit, 100]} color={INK.text} width={1.5} dashed />
        <Label x={limit} y={115} anchor="middle">
          {bottleneck.threshold} % of {bottleneck.all} days
        </Label>
        <Label x={BAR_LEFT + bottleneck.days.build * scale + 6} y={59} color={INK.worse} strong>
          bottleneck
        </Label>
      </>
    )
  },
}

const efficiency = FIGURES['flow-efficiency']
const STRIP = livesHeight(FINISHED.length, TOP) + 4

export const flowEfficiency: Drawing = {
  caption: `Sort the days of the finished items into worked and waited: ${efficiency.active} of ${efficiency.all} days passed in active stages, so flow efficiency is ${efficiency.share} %. The hatched days are waiting, and so are those on which B was blocked in Build.`,
  height: STRIP + 40,
  Picture: () => {
    const scale = 12.2
    const split = 4 + efficiency.active * scale
    return (
      <>
        <Lives name="flow-efficiency" top={TOP} items={FINISHED} />
        <BlockedDays name="flow-efficiency" y={rowY(1, TOP)} />
        <Label x={dayX(10) + 6} y={rowY(1, TOP) + BAR - 2} color={INK.worse}>
          {efficiency.blocked} days blocked
        </Label>
        <Box x={4} y={STRIP} width={efficiency.active * scale} height={16} color={INK.active} />
        <Box x={split + 1} y={STRIP} width={efficiency.waiting * scale} height={16} color={INK.queue} hatch="flow-efficiency" />
        <Label x={4} y={STRIP + 32} strong>
          {efficiency.active} days worked
        </Label>
        <Label x={split + 1} y={STRIP + 32} strong>
          {efficiency.waiting} days waited
        </Label>
      </>
    )
  },
}

const spells = FIGURES.blocked

export const blocked: Drawing = {
  caption: `B stood in Build but could not go on from day ${spells.from} until day ${spells.to}: ${spells.spells} blocked spell of ${spells.days} days. It is counted in the period in which it began.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <Lives name="blocked" top={TOP} about={['B']} />
      <BlockedDays name="blocked" y={rowY(1, TOP)} />
      <Bracket from={dayX(spells.from)} to={dayX(spells.to)} y={rowY(1, TOP) + BAR + 6} color={INK.worse} />
      <Label x={dayX(spells.to) + 6} y={rowY(1, TOP) + BAR + 11} color={INK.worse} strong>
        blocked for {spells.days} days
      </Label>
    </>
  ),
}

const returned = FIGURES.rework

export const rework: Drawing = {
  caption: `On day ${returned.day}, C went from Test back to Build, and was in Test again on day ${returned.back}: ${returned.moves} move back, ${returned.lost} days lost.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => {
    const y = rowY(2, TOP)
    const [target, from, to] = [dayX(5), dayX(returned.day), dayX(returned.back)]
    return (
      <>
        <Lives name="rework" top={TOP} about={['C']} />
        <path
          d={`M${from} ${y - 1}C${from - 4} ${y - 24} ${target + 4} ${y - 24} ${target} ${y - 4}`}
          fill="none"
          stroke={INK.worse}
          strokeWidth={2}
        />
        <path d={`M${target - 5} ${y - 8}l5 7 5 -7z`} fill={INK.worse} />
        <Bracket from={from} to={to} y={y + BAR + 6} color={INK.worse} />
        <Label x={to + 6} y={y + BAR + 11} color={INK.worse} strong>
          {returned.lost} days lost
        </Label>
        <Label x={from + 4} y={y - 9} color={INK.worse} strong>
          back to Build
        </Label>
      </>
    )
  },
}

const loop = FIGURES['rework-loops']
const [LOOP_Y, LOOP_BOX] = [44, { width: 72, height: 30 }]

export const reworkLoops: Drawing = {
  caption: `All moves from Test back to Build are one loop: ${loop.moves} move, of ${loop.items} item, with ${loop.lost} days lost until it was in Test again. None is still open.`,
  height: LOOP_Y + LOOP_BOX.height + 22,
  Picture: () => {
    const [build, test] = [50, 218]
    const [target, from] = [build + LOOP_BOX.width / 2, test + LOOP_BOX.width / 2]
    return (
      <>
        <Box x={build} y={LOOP_Y} {...LOOP_BOX} color={INK.active} />
        <Box x={test} y={LOOP_Y} {...LOOP_BOX} color={INK.active} />
        <Label x={target} y={LOOP_Y + LOOP_BOX.height + 15} anchor="middle" strong>
          Build
        </Label>
        <Label x={from} y={LOOP_Y + LOOP_BOX.height + 15} anchor="middle" strong>
          Test
        </Label>
        <path d={`M${from} ${LOOP_Y}C${from} 6 ${target} 6 ${target} ${LOOP_Y - 5}`} fill="none" stroke={INK.worse} strokeWidth={2} />
        <path d={`M${target - 5} ${LOOP_Y - 9}l5 8 5 -8z`} fill={INK.worse} />
        <Label x={(target + from) / 2} y={LOOP_Y - 4} anchor="middle" color={INK.worse} strong>
          {loop.moves} move, {loop.lost} days lost
        </Label>
      </>
    )
  },
}

const handed = FIGURES.handoffs

export const handoffs: Drawing = {
  caption: `On day ${handed.day}, D went from team Web to team Data, and waited until its next stage on day ${handed.next}: ${handed.moves} hand-off with a wait of ${handed.wait} days.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => {
    const y = rowY(3, TOP)
    const [at, next] = [dayX(handed.day), dayX(handed.next)]
    return (
      <>
        <Lives name="handoffs" top={TOP} about={['D']} />
        <Stroke from={[at, y - 18]} to={[at, y + BAR + 4]} color={INK.accent} width={2} />
        <Label x={at - 6} y={y - 8} anchor="end" strong>
          team Web
        </Label>
        <Label x={at + 6} y={y - 8} strong>
          team Data
        </Label>
        <Bracket from={at} to={next} y={y + BAR + 6} />
        <Label x={next + 6} y={y + BAR + 11} strong>
          {handed.wait} days
        </Label>
      </>
    )
  },
}
