import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { inOrder } from './in-order'
import { Dot, Ground, INK, Label, Stroke } from './marks'

const chart = FIGURES['process-behaviour']
/** For example the items finished in each of fourteen weeks. */
export const WEEKLY = [6, 8, 7, 5, 7, 9, 6, 8, 7, 7, 8, 13, 6, 7] as const
const [LEFT, RIGHT, BOTTOM, ITEM] = [28, 256, 156, 10]

function countY(count: number): number {
  return BOTTOM - count * ITEM
}

function weekX(week: number): number {
  return LEFT + 10 + (week - 1) * 16
}

export const processBehaviour: Drawing = {
  caption: `For example ${chart.weeks} weeks of throughput. It wobbles around ${chart.centre} items, and everything between the limits ${chart.lower} and ${chart.upper}, which come from the first ${chart.baseline} weeks, is noise that needs no reason. Week ${chart.week} with ${chart.value} items lies outside: a signal, so ask what happened.`,
  height: 178,
  Picture: () => (
    <>
      <rect
        x={LEFT}
        y={countY(chart.upper)}
        width={RIGHT - LEFT}
        height={(chart.upper - chart.lower) * ITEM}
        fill={INK.noise}
        opacity={0.12}
      />
      <Limit value={chart.upper} text={`limit ${chart.upper}`} />
      <Limit value={chart.centre} text={`mean ${chart.centre}`} solid />
      <Limit value={chart.lower} text={`limit ${chart.lower}`} />
      <polyline points={WEEKLY.map((count, index) => `${weekX(index + 1)},${countY(count)}`).join(' ')} fill="none" stroke={INK.noise} />
      {inOrder(WEEKLY).map(({ value: count, place }) => (
        <Dot
          key={place}
          x={weekX(place)}
          y={countY(count)}
          color={place === chart.week ? INK.accent : INK.noise}
          r={place === chart.week ? 5 : 3}
        />
      ))}
      <Label x={weekX(chart.week) + 10} y={countY(chart.value) + 4} color={INK.accent} strong>
        signal: {chart.value} items
      </Label>
      <Label x={LEFT} y={12} color={INK.dim}>
        items a week
      </Label>
      <Ground y={BOTTOM} from={LEFT} to={RIGHT} />
      {[0, 5, 10].map((count) => (
        <Label key={count} x={LEFT - 6} y={countY(count) + 4} anchor="end" color={INK.dim}>
          {count}
        </Label>
      ))}
      {[1, 4, 8, 12].map((week) => (
        <Label key={week} x={weekX(week)} y={BOTTOM + 16} anchor="middle" color={INK.dim}>
          {week}
        </Label>
      ))}
      <Label x={RIGHT + 5} y={BOTTOM + 16} color={INK.dim}>
        week
      </Label>
    </>
  ),
}

function Limit({ value, text, solid = false }: { value: number; text: string; solid?: boolean }) {
  return (
    <>
      <Stroke from={[LEFT, countY(value)]} to={[RIGHT, countY(value)]} color={INK.text} dashed={!solid} />
      <Label x={RIGHT + 5} y={countY(value) + 4}>
        {text}
      </Label>
    </>
  )
}

const changed = FIGURES.change
/** For example the items finished per week, before and after something was done differently. */
export const BEFORE = [4, 6, 3, 7, 4, 5, 2, 5] as const
export const AFTER = [8, 6, 9, 5, 10, 7, 9, 6] as const
const [WEEK, FOOT, UNIT] = [15, 140, 11]

export const change: Drawing = {
  caption: `For example ${changed.weeks} weeks before and ${changed.weeks} after something was done differently: ${changed.before} items a week, then ${changed.after}, which is ${changed.effect} % more. Weeks wobble, so an interval goes with it: from ${changed.low} to ${changed.high} % more (${changed.certainty} %). No change lies outside of it: a signal.`,
  height: 222,
  Picture: () => (
    <>
      <Cloud counts={BEFORE} mean={changed.before} left={28} text="before" color={INK.noise} />
      <Cloud counts={AFTER} mean={changed.after} left={28 + 9 * WEEK + 16} text="after" color={INK.accent} />
      <Ground y={FOOT} from={22} to={300} />
      {[0, 5, 10].map((count) => (
        <Label key={count} x={18} y={FOOT - count * UNIT + 4} anchor="end" color={INK.dim}>
          {count}
        </Label>
      ))}
      <Label x={24} y={12} color={INK.dim}>
        items a week
      </Label>
      <Interval />
    </>
  ),
}

function Cloud({
  counts,
  mean,
  left,
  text,
  color,
}: {
  counts: readonly number[]
  mean: number
  left: number
  text: string
  color: string
}) {
  const y = FOOT - mean * UNIT
  const right = left + counts.length * WEEK
  return (
    <>
      <Stroke from={[left, y]} to={[right, y]} color={INK.text} dashed />
      {inOrder(counts).map(({ value: count, place }) => (
        <Dot key={place} x={left + (place - 0.5) * WEEK} y={FOOT - count * UNIT} color={color} r={3.5} />
      ))}
      <Label x={right + 3} y={y + 4} strong>
        {mean}
      </Label>
      <Label x={left} y={FOOT + 16} color={INK.dim}>
        {text}
      </Label>
    </>
  )
}

/** The change with its interval on a scale of its own, where no change is a line. */
function Interval() {
  const x = (percent: number) => 60 + percent * 2.1
  const y = FOOT + 50
  return (
    <>
      <Stroke from={[x(0), y - 14]} to={[x(0), y + 12]} color={INK.faint} />
      <Label x={x(0)} y={y + 24} anchor="middle" color={INK.dim}>
        no change
      </Label>
      <Stroke from={[x(changed.low), y]} to={[x(changed.high), y]} color={INK.accent} width={3} />
      <Dot x={x(changed.effect)} y={y} r={5} />
      <Label x={x(changed.effect)} y={y - 11} anchor="middle" strong>
        +{changed.effect} %
      </Label>
      <Label x={x(changed.low)} y={y + 20} anchor="middle" color={INK.dim}>
        +{changed.low} %
      </Label>
      <Label x={x(changed.high)} y={y + 20} anchor="middle" color={INK.dim}>
        +{changed.high} %
      </Label>
    </>
  )
}
