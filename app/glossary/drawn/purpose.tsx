import type { Drawing } from './drawing'
import { FIGURES } from './figures'
import { inOrder } from './in-order'
import { Lives, livesHeight } from './lives'
import { Dot, Ground, INK, Label, Stroke } from './marks'
import { FINISHED, type StoryItem } from './story'

const TOP = 8
const STRIP = livesHeight(FINISHED.length, TOP) - 10
const FULL = 332

interface Part {
  readonly name: string
  readonly share: number
  readonly color: string
}

/** Shares of a whole, side by side, each with its name and share below. */
function Shares({ parts, y }: { parts: readonly Part[]; y: number }) {
  return parts.map((part, index) => {
    const before = parts.slice(0, index).reduce((sum, { share }) => sum + share, 0)
    const x = 4 + (before * FULL) / 100
    return (
      <g key={part.name}>
        <rect x={x} y={y} width={(part.share * FULL) / 100 - 1.5} height={18} rx={1.5} fill={part.color} />
        <Label x={x} y={y + 34} strong>
          {part.share} %
        </Label>
        <Label x={x} y={y + 50} color={INK.dim}>
          {part.name}
        </Label>
      </g>
    )
  })
}

const { counts, shares, finished } = FIGURES['flow-distribution']

const TYPE_PARTS: readonly Part[] = [
  { name: 'feature: A, B', share: shares.feature, color: 'var(--sg-feature)' },
  { name: 'defect: C', share: shares.defect, color: 'var(--sg-defect)' },
  { name: 'debt: D', share: shares.debt, color: 'var(--sg-debt)' },
]

const typeColor = (item: StoryItem) => (item.type ? `var(--sg-${item.type})` : INK.noise)

export const flowDistribution: Drawing = {
  caption: `Of the ${finished} finished items, ${counts.feature} were features, ${counts.defect} was a defect and ${counts.debt} paid off technical debt: ${shares.feature}, ${shares.defect} and ${shares.debt} %. The shares always add up to the whole.`,
  height: STRIP + 60,
  Picture: () => (
    <>
      <Lives name="flow-distribution" top={TOP} items={FINISHED} keyed={false} colorOf={typeColor} />
      <Shares parts={TYPE_PARTS} y={STRIP} />
    </>
  ),
}

const aligned = FIGURES.alignment

const GOAL_PARTS: readonly Part[] = [
  { name: 'a quick checkout: A, B, D', share: aligned.shares.linked, color: INK.accent },
  { name: 'unaligned: C', share: aligned.shares.unaligned, color: INK.noise },
]

export const alignment: Drawing = {
  caption: `${aligned.linked} of the ${aligned.finished} finished items serve a goal, which is ${aligned.shares.linked} %. C serves none: its ${aligned.shares.unaligned} % are shown as unaligned and never hidden.`,
  height: STRIP + 60,
  Picture: () => (
    <>
      <Lives name="alignment" top={TOP} items={FINISHED} keyed={false} colorOf={(item) => (item.goal ? INK.accent : INK.noise)} />
      <Shares parts={GOAL_PARTS} y={STRIP} />
    </>
  ),
}

const kpi = FIGURES['kpi-trend']
/** For example a score that was asked for once a week, and the weeks until its target is due. */
export const SCORES = [20, 22, 21, 24, 26, 25, 29, 31] as const
export const WEEKS_TO_TARGET = 20
const [LEFT, BOTTOM, WEEK] = [28, 150, 14]
const LAST = SCORES.length - 1

function weekX(week: number): number {
  return LEFT + 6 + week * WEEK
}

function scoreY(score: number): number {
  return BOTTOM - (score - 15) * 5
}

export const kpiTrend: Drawing = {
  caption: `For example a score that is to rise from ${kpi.baseline} to ${kpi.target}. The trend through its ${kpi.points} points stands at ${kpi.trend}, where the straight path to the target asks for ${kpi.path} by now: the status is on track.`,
  height: 172,
  Picture: () => (
    <>
      {[20, 30, 40].map((score) => (
        <Label key={score} x={LEFT - 4} y={scoreY(score) + 4} anchor="end" color={INK.dim}>
          {score}
        </Label>
      ))}
      <Ground y={BOTTOM} from={LEFT} to={weekX(WEEKS_TO_TARGET) + 6} />
      <Stroke from={[weekX(0), scoreY(kpi.baseline)]} to={[weekX(WEEKS_TO_TARGET), scoreY(kpi.target)]} color={INK.text} dashed />
      <Dot x={weekX(WEEKS_TO_TARGET)} y={scoreY(kpi.target)} color={INK.text} hollow />
      <Label x={weekX(WEEKS_TO_TARGET) + 6} y={scoreY(kpi.target) - 10} anchor="end">
        target
      </Label>
      <Stroke from={[weekX(0), scoreY(trendStart())]} to={[weekX(LAST), scoreY(kpi.trend)]} color={INK.accent} width={2.5} />
      {inOrder(SCORES).map(({ value: score, place }) => (
        <Dot key={place} x={weekX(place - 1)} y={scoreY(score)} r={3.5} />
      ))}
      <Label x={weekX(LAST) - 4} y={scoreY(kpi.trend) - 16} anchor="end" color={INK.accent} strong>
        trend {kpi.trend}: on track
      </Label>
      <Stroke from={[weekX(LAST), BOTTOM]} to={[weekX(LAST), scoreY(kpi.path)]} color={INK.faint} dashed />
      <Label x={weekX(LAST) + 8} y={scoreY(kpi.path) + 16}>
        path {kpi.path}
      </Label>
      <Label x={weekX(LAST)} y={BOTTOM + 16} anchor="middle" color={INK.dim}>
        now
      </Label>
      <Label x={weekX(WEEKS_TO_TARGET) + 6} y={BOTTOM + 16} anchor="end" color={INK.dim}>
        due
      </Label>
    </>
  ),
}

/** Height of the least-squares line at the first point: as far below the mean as it is above at the last. */
function trendStart(): number {
  const mean = SCORES.reduce((sum, score) => sum + score, 0) / SCORES.length
  return 2 * mean - kpi.trend
}
