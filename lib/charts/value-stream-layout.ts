import type { MapMove, MapStage, StreamMap } from './value-stream-map'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedStage {
  readonly stage: MapStage
  readonly box: Box
  /** Of the ladder below, from left to right. */
  readonly steps: readonly LadderStep[]
}

/** A level piece of the ladder. */
export interface LadderStep {
  readonly up: boolean
  readonly from: number
  readonly to: number
  readonly days: number
  readonly counted: boolean
}

export interface PlacedMove {
  readonly move: MapMove
  /** Of an SVG path. */
  readonly path: string
  readonly thickness: number
  /** Of its count. */
  readonly label: { readonly x: number; readonly y: number }
}

export interface MapLayout {
  readonly width: number
  readonly height: number
  readonly stages: readonly PlacedStage[]
  readonly done: Box
  readonly arrows: readonly PlacedMove[]
  readonly loops: readonly PlacedMove[]
  /** Rarer moves that are not drawn. */
  readonly undrawn: readonly MapMove[]
  /** Where labels of stages hang. */
  readonly tagTop: number
  readonly ladder: { readonly up: number; readonly down: number; readonly from: number; readonly to: number }
}

const BOX = { queue: 72, active: 118, done: 130 } as const
const GAP = 14
const LANE = 24
const LOOP_FOOT = 14
const BOX_HEIGHT = 136
const TAGS = 76
const LADDER = 56
const BELOW = 30
const MOST_WIDE = 1.5
const MOST_LOOPS = 8
const FEWEST_SHARE = 0.01
/** Room on each side of the middle of a loop's count. */
const COUNT_ROOM = 30
const CORNER = 6
const THICK = { least: 1.5, arrow: 9, loop: 5 } as const

/** Narrower than this the map is not readable from left to right. */
export function leastWidth(map: StreamMap): number {
  return 0.82 * bareWidth(map)
}

/** Paper is read more closely than a screen. */
export function leastPrintedWidth(map: StreamMap): number {
  return 0.6 * bareWidth(map)
}

function bareWidth({ stages }: StreamMap): number {
  return stages.reduce<number>((sum, stage) => sum + BOX[stage.kind] + GAP, BOX.done)
}

/** Places of everything on a map that has `room` px; wider stages where there is room. */
export function layoutMap(map: StreamMap, room: number): MapLayout {
  const bare = bareWidth(map)
  const scale = Math.min(Math.max(room / bare, 1), MOST_WIDE)
  const drawn = drawnLoops(map)
  const lanes = lanesOf(drawn)
  const laneCount = Math.max(0, ...lanes) + (drawn.length ? 1 : 0)
  const top = laneCount ? laneCount * LANE + LOOP_FOOT + 8 : 8
  const placed: PlacedStage[] = []
  let x = 0
  for (const stage of map.stages) {
    const box = { x, y: top, width: BOX[stage.kind] * scale, height: BOX_HEIGHT }
    placed.push({ stage, box, steps: stepsOf(stage, x, x + box.width + GAP * scale) })
    x += box.width + GAP * scale
  }
  const done = { x, y: top, width: BOX.done * scale, height: BOX_HEIGHT }
  const tagTop = top + BOX_HEIGHT + 8
  const up = tagTop + TAGS + 36
  const boxes = [...placed.map(({ box }) => box), done]
  return {
    width: bare * scale,
    height: up + LADDER + BELOW,
    stages: placed,
    done,
    arrows: arrowsOf(map, boxes),
    loops: drawn.map((move, index) => loopOf(move, lanes[index] ?? 0, { boxes, most: mostMoves(map), top, drawn, lanes })),
    undrawn: map.moves.filter((move) => move.kind !== 'forward' && !drawn.includes(move)),
    tagTop,
    ladder: { up, down: up + LADDER, from: 0, to: x },
  }
}

/** Moves back, the largest ones, and moves past stages where they are many. */
function drawnLoops(map: StreamMap): MapMove[] {
  const most = mostMoves(map)
  const largest = (kind: MapMove['kind'], least: number) =>
    map.moves.filter((move) => move.kind === kind && move.moves >= least).sort((a, b) => b.moves - a.moves)
  const back = largest('back', most * FEWEST_SHARE)
  const skips = largest('skip', most * 5 * FEWEST_SHARE)
  return [...back.slice(0, MOST_LOOPS), ...skips.slice(0, Math.max(0, MOST_LOOPS - back.length))]
}

function mostMoves(map: StreamMap): number {
  return Math.max(1, ...map.moves.filter(({ kind }) => kind === 'forward').map(({ moves }) => moves))
}

/** A lane per loop, the shortest lowest, so that no two lie on each other. */
function lanesOf(loops: readonly MapMove[]): number[] {
  const reach = (move: MapMove) => [Math.min(move.fromAt, move.toAt), Math.max(move.fromAt, move.toAt)] as const
  const lanes = loops.map(() => 0)
  const order = [...loops.keys()].sort((a, b) => lengthOf(loops[a]) - lengthOf(loops[b]))
  const taken: (readonly [number, number])[][] = []
  for (const index of order) {
    const move = loops[index]
    if (!move) continue
    const [from, to] = reach(move)
    let lane = 0
    while (taken[lane]?.some(([low, high]) => from < high && low < to)) lane += 1
    taken[lane] = [...(taken[lane] ?? []), [from, to]]
    lanes[index] = lane
  }
  return lanes
}

function lengthOf(move: MapMove | undefined): number {
  return move ? Math.abs(move.fromAt - move.toAt) : 0
}

function arrowsOf(map: StreamMap, boxes: readonly Box[]): PlacedMove[] {
  const most = mostMoves(map)
  return map.moves.flatMap((move) => {
    const [from, to] = [boxes[move.fromAt], boxes[move.toAt]]
    if (move.kind !== 'forward' || !from || !to) return []
    const y = from.y + BOX_HEIGHT / 2
    const inset = (at: number, box: Box) => (map.stages[at]?.kind === 'queue' ? box.width / 2 - 22 : 0)
    const [start, end] = [from.x + from.width - inset(move.fromAt, from), to.x + inset(move.toAt, to)]
    const thickness = thicknessOf(move.moves, most, THICK.arrow)
    return [{ move, path: `M${n(start)} ${n(y)}H${n(end - 6)}`, thickness, label: { x: (start + end) / 2, y } }]
  })
}

interface LoopPlace {
  readonly boxes: readonly Box[]
  readonly most: number
  readonly top: number
  readonly drawn: readonly MapMove[]
  readonly lanes: readonly number[]
}

function loopOf(move: MapMove, lane: number, { boxes, most, top, drawn, lanes }: LoopPlace): PlacedMove {
  const start = footOf(move, move.fromAt, boxes, drawn)
  const end = footOf(move, move.toAt, boxes, drawn)
  const y = top - LOOP_FOOT - lane * LANE - 8
  const side = end < start ? -1 : 1
  const r = CORNER
  const crossing = drawn.filter((_, index) => (lanes[index] ?? 0) > lane)
  const legs = crossing.flatMap((loop) => [footOf(loop, loop.fromAt, boxes, drawn), footOf(loop, loop.toAt, boxes, drawn)])
  const path = `M${n(start)} ${n(top - 1)}V${n(y + r)}Q${n(start)} ${n(y)} ${n(start + side * r)} ${n(y)}H${n(end - side * r)}Q${n(end)} ${n(y)} ${n(end)} ${n(y + r)}V${n(top - 8)}`
  return { move, path, thickness: thicknessOf(move.moves, most, THICK.loop), label: { x: clearOf(legs, start, end), y } }
}

/** As near to the middle of a loop as its count can stand without a leg of a higher loop through it; the middle where it can't. */
function clearOf(legs: readonly number[], start: number, end: number): number {
  const middle = (start + end) / 2
  const half = Math.abs(end - start) / 2 - CORNER - COUNT_ROOM
  const isClear = (x: number) => legs.every((leg) => Math.abs(leg - x) > COUNT_ROOM - 1)
  const beside = legs.flatMap((leg) => [leg - COUNT_ROOM, leg + COUNT_ROOM]).filter((x) => Math.abs(x - middle) <= half)
  const places = [middle, ...beside].filter(isClear)
  return places.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle
}

/** Loops at one stage stand side by side: those from the left first. */
function footOf(move: MapMove, at: number, boxes: readonly Box[], drawn: readonly MapMove[]): number {
  const box = boxes[at] ?? { x: 0, y: 0, width: 0, height: 0 }
  const other = (loop: MapMove) => (loop.fromAt === at ? loop.toAt : loop.fromAt)
  const here = drawn
    .filter((loop) => loop.fromAt === at || loop.toAt === at)
    .sort((a, b) => {
      const [left, right] = [other(a) < at, other(b) < at]
      if (left !== right) return left ? -1 : 1
      return other(b) - other(a)
    })
  const step = Math.min(16, (box.width - 16) / Math.max(here.length, 1))
  return box.x + box.width / 2 + (here.indexOf(move) - (here.length - 1) / 2) * step
}

/** The room of a step of the ladder, to be clicked. */
export function ladderBox({ ladder }: MapLayout, step: LadderStep): Box {
  const middle = (ladder.up + ladder.down) / 2
  const y = step.up ? ladder.up - 22 : middle
  return { x: step.from, y, width: step.to - step.from, height: step.up ? middle - y : ladder.down + 22 - middle }
}

const WORTH_A_STEP = 0.05

/** Waiting up, active down; a stage that also waits goes up first. */
function stepsOf(stage: MapStage, from: number, to: number): LadderStep[] {
  const { counted } = stage
  if (stage.kind === 'queue') return [{ up: true, from, to, days: stage.waiting, counted }]
  const time = stage.active + stage.waiting
  if (stage.waiting <= 0 || stage.waiting < time * WORTH_A_STEP) return [{ up: false, from, to, days: stage.active, counted }]
  const middle = from + (to - from) * 0.45
  return [
    { up: true, from, to: middle, days: stage.waiting, counted },
    { up: false, from: middle, to, days: stage.active, counted },
  ]
}

function thicknessOf(moves: number, most: number, widest: number): number {
  return THICK.least + (widest - THICK.least) * Math.min(moves / most, 1)
}

function n(value: number): number {
  return Math.round(value * 10) / 10
}
