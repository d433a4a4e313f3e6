import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { BAR, DAY, DayLine, dayX, Lives, livesHeight, rowY } from './lives'
import { Dot, INK, Label, Stroke } from './marks'
import { FINISHED, openOn, STORY, startOf } from './story'

/** Room above the lives for what is counted per week. */
const TOP = 48
const WEEK_STARTS = [1, 8] as const

/** A figure above each of the two weeks. */
function PerWeek({ texts }: { texts: readonly [string, string] }) {
  const middle = dayX(8)
  return (
    <>
      {WEEK_STARTS.map((day, week) => (
        <g key={day}>
          <Label x={dayX(day) + 3.5 * DAY} y={12} anchor="middle" color={INK.dim}>
            week {week + 1}
          </Label>
          <Label x={dayX(day) + 3.5 * DAY} y={30} anchor="middle" strong>
            {texts[week]}
          </Label>
        </g>
      ))}
      <Stroke from={[middle, 2]} to={[middle, rowY(STORY.length, TOP)]} color={INK.faint} dashed />
    </>
  )
}

const items = (count: number) => (count === 1 ? '1 item' : `${count} items`)

const finishedPerWeek = FIGURES.throughput.weeks

export const throughput: Drawing = {
  caption: `What finishes is counted in the week of its finish: ${items(finishedPerWeek[0])} in week 1 and ${items(finishedPerWeek[1])} in week 2. How long they took does not matter; E was cancelled and does not count.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <PerWeek texts={[`${items(finishedPerWeek[0])} finished`, `${items(finishedPerWeek[1])} finished`]} />
      <Lives name="throughput" top={TOP} about={FINISHED.map(({ id }) => id)} />
      {STORY.map((item, row) => item.end?.how === 'finished' && <Ring key={item.id} day={item.end.day} row={row} />)}
    </>
  ),
}

/** Picks out one day of an item. */
function Ring({ day, row }: { day: number; row: number }) {
  return (
    <rect
      x={dayX(day) - 2}
      y={rowY(row, TOP) - 3}
      width={DAY + 4}
      height={BAR + 6}
      rx={4}
      fill="none"
      stroke={INK.accent}
      strokeWidth={2}
    />
  )
}

const startedPerWeek = FIGURES.arrivals.weeks

export const arrivals: Drawing = {
  caption: `An item arrives on the day on which it enters Ready, where the stream commits to it: ${items(startedPerWeek[0])} in week 1 and ${items(startedPerWeek[1])} in week 2. What becomes of it later, like the cancellation of E, changes nothing.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <PerWeek texts={[`${items(startedPerWeek[0])} started`, `${items(startedPerWeek[1])} started`]} />
      <Lives name="arrivals" top={TOP} />
      {STORY.map((item, row) => (
        <Ring key={item.id} day={startOf(item)} row={row} />
      ))}
    </>
  ),
}

const net = FIGURES['net-flow']
const signed = (value: number) => (value > 0 ? `+${value}` : `−${Math.abs(value)}`)

export const netFlow: Drawing = {
  caption: `A dot is an item that came, a ring one that went. In week 1, ${net.arrivals[0]} came and ${net.departures[0]} was finished: ${net.net[0]} more under way. In week 2, ${net.arrivals[1]} came, ${net.departures[1]} were finished and ${net.removals[1]} was cancelled: ${Math.abs(net.net[1])} fewer. This is exactly how work in progress changes.`,
  height: livesHeight(STORY.length, TOP),
  Picture: () => (
    <>
      <PerWeek
        texts={[
          `${net.arrivals[0]} − ${net.departures[0]} = ${signed(net.net[0])}`,
          `${net.arrivals[1]} − ${net.departures[1]} − ${net.removals[1]} = ${signed(net.net[1])}`,
        ]}
      />
      <Lives name="net-flow" top={TOP} />
      {STORY.map((item, row) => (
        <g key={item.id}>
          <Dot x={dayX(startOf(item))} y={rowY(row, TOP) + BAR / 2} color={INK.accent} />
          {item.end && (
            <Dot
              x={dayX(item.end.day + 1)}
              y={rowY(row, TOP) + BAR / 2}
              color={item.end.how === 'finished' ? INK.done : INK.noise}
              hollow
            />
          )}
        </g>
      ))}
    </>
  ),
}

const { day: countDay, items: counted, totalAge } = FIGURES.wip
const LINE_TOP = 22

export const wip: Drawing = {
  caption: `At the end of day ${countDay} the line crosses ${counted} items that have started and are neither finished nor cancelled: work in progress is ${counted}. Together they are ${totalAge} days old.`,
  height: livesHeight(STORY.length, LINE_TOP),
  Picture: () => (
    <>
      <Lives name="wip" top={LINE_TOP} about={openOn(countDay).map(({ id }) => id)} />
      <DayLine day={countDay} top={LINE_TOP - 6} rows={STORY.length} />
      {STORY.map(
        (item, row) => openOn(countDay).includes(item) && <Dot key={item.id} x={dayX(countDay + 1)} y={rowY(row, LINE_TOP) + BAR / 2} />,
      )}
      <Label x={dayX(countDay + 1)} y={12} anchor="middle" strong color={INK.accent}>
        {counted} items at the end of day {countDay}
      </Label>
    </>
  ),
}
