import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { stagePosition } from '../../model/value-stream'
import { column, defineMetric, type MetricContext } from '../define'
import { type DurationFigures, durationFigures, durationQueries, furtherDurations } from '../facts/duration-figures'
import type { Durations } from '../facts/duration-ladder'
import { figuresOf, itemsThatLeft, type StageFigures, stageMoves, stayCubes, stayLengths } from '../facts/stage-facts'
import { type Stage, stagesInScope } from '../facts/stages'

const SECONDS_PER_DAY = 86_400
/** A queue grows when so many more come than go, and that is no handful. */
const GROWTH_RATIO = 1.1
const FEWEST_MOVES = 11
/** Shares of the whole that stand out. */
const TIME_SHARE = 0.3
const BLOCKED_SHARE = 0.15
const PERCENTILE = 85

export const bottlenecks = defineMetric({
  name: 'bottlenecks',
  title: 'Bottlenecks',
  aka: ['constraints'],
  unit: 'strength',
  doc: 'Stages inside the span that hold the flow up, each with the evidence that fired: its queue grows (arrivals exceed departures by a tenth and by at least eleven), it takes a large share of the time (30 %), stays in it are the longest (85th percentile of at least eleven; strength is how many times the next stage, 2 at most), or much of its time is blocked (15 %). Time is that of stays that ended in the window. Strength is the figure over its threshold and adds up; a stage without evidence is not listed.',
  source: 'Goldratt 1984, The Goal; Reinertsen 2009, The Principles of Product Development Flow',
  subject: 'standing',
  uses: ['rule', 'span'],
  params: z.object({}),
  columns: {
    stage_id: column.text('stage'),
    evidence: column.text('growing queue, share of time, long stays or blocked'),
    strength: column.float('how strong this evidence is; 1 is the threshold'),
    explanation: column.text('the figures, in a sentence'),
    stage_strength: column.float('all evidence of the stage added up'),
  },
  queries: (context) => ({ moves: stageMoves(context, false), ...durationQueries(context, stayDurations(context)) }),
  follow: (answers, context) => furtherDurations(answers, context, stayDurations(context)),
  items: { list: itemsThatLeft },
  derive: (answers, context) => {
    const stages = stagesInside(context)
    const lengths = durationFigures(answers, context, stayDurations(context))
    const longest = stages.map(({ id }) => longStay(lengths.get(id)))
    const moves = answers.moves ? toRows(answers.moves) : []
    const figures = stages.map((stage) => figuresOf(moves, isIn(stage)))
    const total = figures.reduce((sum, one) => sum + one.active + one.waiting, 0)
    const found = figures.map((own, index) => {
      const evidence = evidenceOf(own, total, { own: longest[index], all: longest })
      return { stageId: stages[index]?.id ?? '', evidence, strength: evidence.reduce((sum, one) => sum + one.strength, 0) }
    })
    return found
      .filter(({ evidence }) => evidence.length)
      .sort((a, b) => b.strength - a.strength)
      .flatMap(({ stageId, evidence, strength }) => evidence.map((one): Row => ({ stage_id: stageId, ...one, stage_strength: strength })))
  },
})

/** A stage with where it lies inside the span. */
interface InsideStage {
  readonly id: string
  readonly places: readonly { readonly streamId: string; readonly position: number }[]
}

function stagesInside(context: MetricContext): InsideStage[] {
  return stagesInScope(context.streams).flatMap((stage) => insideSpan(stage, context))
}

/**
 * The stage in the streams in which it lies at or after the start of the span and before done, if there are any: a backlog before
 * commitment holds nothing up.
 */
function insideSpan(stage: Stage, { streams, params }: MetricContext): InsideStage[] {
  const places = streams.flatMap((stream) => {
    const kind = stage.kinds.get(stream.id)
    const position = stage.positions.get(stream.id)
    const start = params.span === 'lead' ? 0 : stagePosition(stream, params.span === 'flow' ? stream.committed : stream.started)
    return kind === undefined || position === undefined || kind === 'done' || position < start ? [] : [{ streamId: stream.id, position }]
  })
  return places.length ? [{ id: stage.id, places }] : []
}

function isIn({ places }: InsideStage): (streamId: string, position: number) => boolean {
  return (streamId, position) => places.some((place) => place.streamId === streamId && place.position === position)
}

type Evidence = { readonly evidence: string; readonly strength: number; readonly explanation: string }

/** How long the stays that ended in the stages inside the span lasted. */
function stayDurations(context: MetricContext): Durations {
  const inside = stagesInside(context)
  return {
    facts: (wanted) => stayLengths(context, wanted),
    cubes: stayCubes(context),
    percentiles: [PERCENTILE],
    // The longest is held against the next.
    longest: { howMany: 2, fewest: FEWEST_MOVES },
    keyOf: ({ streamId, position }) => inside.find((stage) => isIn(stage)(streamId, position))?.id,
  }
}

/** Days that most stays last at most; undefined where there are too few to tell, and where others last longer. */
function longStay(figures: DurationFigures | undefined): number | undefined {
  const seconds = figures?.percentiles.get(PERCENTILE)
  return seconds === undefined ? undefined : seconds / SECONDS_PER_DAY
}

function evidenceOf(own: StageFigures, total: number, stays: { own?: number; all: readonly (number | undefined)[] }): Evidence[] {
  const evidence: Evidence[] = []
  const growth = own.arrivals / Math.max(1, own.departures)
  if (own.arrivals - own.departures >= FEWEST_MOVES && growth >= GROWTH_RATIO) {
    evidence.push({
      evidence: 'growing queue',
      strength: growth / GROWTH_RATIO,
      explanation: `${own.arrivals} items came and ${own.departures} left.`,
    })
  }
  const time = own.active + own.waiting
  const share = total ? time / total : 0
  if (share >= TIME_SHARE) {
    evidence.push({
      evidence: 'share of time',
      strength: share / TIME_SHARE,
      explanation: `${percent(share)} of all time before done is spent here.`,
    })
  }
  const known = stays.all.filter((value) => value !== undefined).sort((a, b) => b - a)
  const [first, second] = known
  if (stays.own !== undefined && stays.own === first && known.length > 1 && second !== undefined && first > second) {
    const ratio = second > 0 ? first / second : 2
    evidence.push({
      evidence: 'long stays',
      strength: Math.min(2, ratio),
      explanation: `${PERCENTILE} % of stays last ${first.toFixed(1)} days or less, the longest of all stages (next: ${second.toFixed(1)}).`,
    })
  }
  const blocked = time ? own.blocked / time : 0
  if (blocked >= BLOCKED_SHARE) {
    evidence.push({
      evidence: 'blocked',
      strength: blocked / BLOCKED_SHARE,
      explanation: `Items are blocked for ${percent(blocked)} of the time they spend here.`,
    })
  }
  return evidence
}

function percent(ratio: number): string {
  return `${Math.round(100 * ratio)} %`
}
