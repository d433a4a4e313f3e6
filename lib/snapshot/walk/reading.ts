import { NONE } from '../../engine/duckdb/chunks'
import { CANCELLED_STAGE, type Stage, UNMAPPED_STAGE } from '../../model/stage'
import { SPANS } from '../../model/unit'
import { stagePosition, type ValueStream } from '../../model/value-stream'
import { CANCELLED_POSITION, UNMAPPED_POSITION } from '../positions'
import type { Vocabulary } from './vocabulary'

const OUTSIDE = 2

/** What the states of one stream mean, by code. */
export interface StreamReading {
  readonly streamWord: number
  readonly positions: Int32Array
  /** Whether an item waits in the state. */
  readonly waits: Uint8Array
  /** Whether the state is one of an active stage. */
  readonly works: Uint8Array
  /** Where an item stands before its first recorded state. */
  readonly unstated: number
  /** Position from which on an item is inside each span. */
  readonly starts: readonly number[]
  readonly finished: number
  /** Codes of a stage's id and kind, at its position + 2. */
  readonly stageWords: Int32Array
  readonly kindWords: Int32Array
}

/** Place of a position among `stageWords` and `kindWords`. */
export function stagePlace(position: number): number {
  return position + OUTSIDE
}

/** Texts that a reading writes. */
export function readingTexts(streams: readonly ValueStream[]): string[] {
  const own = streams.flatMap((stream) => [
    stream.id,
    ...stream.stages.flatMap((stage) => [stage.id, stage.kind, ...stage.states, ...stage.waiting]),
    ...stream.cancelled,
  ])
  return [...own, CANCELLED_STAGE, UNMAPPED_STAGE]
}

/** Reads a stream's workflow into arrays by state code. */
export function readStream(stream: ValueStream, words: Vocabulary): StreamReading {
  const size = words.texts.length
  const meaning = { positions: new Int32Array(size).fill(UNMAPPED_POSITION), waits: new Uint8Array(size), works: new Uint8Array(size) }
  const taken = new Set([...stream.cancelled, ...stream.stages.flatMap((stage) => [...stage.states, ...stage.waiting])])
  const set = (state: string, position: number, waits: boolean, works: boolean) => {
    if (!words.has(state)) return
    const code = words.codeOf(state)
    meaning.positions[code] = position
    meaning.waits[code] = waits ? 1 : 0
    meaning.works[code] = works ? 1 : 0
  }
  const setStage = (stage: Stage, position: number, state: string, waits: boolean) => set(state, position, waits, stage.kind === 'active')
  stream.stages.forEach((stage, position) => {
    for (const state of stage.states) setStage(stage, position, state, stage.kind === 'queue')
    for (const state of stage.waiting) setStage(stage, position, state, true)
    // A stage's id stands for the stage, as sources with a date per stage write it, unless it is some stage's state already.
    if (!taken.has(stage.id)) setStage(stage, position, stage.id, stage.kind === 'queue')
  })
  for (const state of stream.cancelled) set(state, CANCELLED_POSITION, false, false)
  if (!taken.has(CANCELLED_STAGE)) set(CANCELLED_STAGE, CANCELLED_POSITION, false, false)
  return {
    ...meaning,
    streamWord: words.codeOf(stream.id),
    unstated: stream.stages[0]?.kind === 'queue' ? 0 : UNMAPPED_POSITION,
    starts: SPANS.map((span) =>
      span === 'lead' ? UNMAPPED_POSITION : stagePosition(stream, span === 'flow' ? stream.committed : stream.started),
    ),
    finished: stagePosition(stream, stream.finished),
    stageWords: Int32Array.from([CANCELLED_STAGE, UNMAPPED_STAGE, ...stream.stages.map((stage) => stage.id)], (id) => words.codeOf(id)),
    kindWords: Int32Array.from([CANCELLED_STAGE, UNMAPPED_STAGE, ...stream.stages.map((stage) => stage.kind)], (kind) =>
      words.codeOf(kind),
    ),
  }
}

/** Position of a state; NONE stands for what lies before the first recorded one. */
export function positionOf(reading: StreamReading, state: number): number {
  return state === NONE ? reading.unstated : (reading.positions[state] ?? UNMAPPED_POSITION)
}

/** Whether an item waits in a state. */
export function waitsIn(reading: StreamReading, state: number): boolean {
  return state === NONE ? reading.unstated >= 0 : reading.waits[state] === 1
}

/** Whether a state is one of an active stage. */
export function worksIn(reading: StreamReading, state: number): boolean {
  return state !== NONE && reading.works[state] === 1
}
