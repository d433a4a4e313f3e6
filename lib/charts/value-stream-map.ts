import type { Columns } from '@/lib/model/columns'
import { CANCELLED_STAGE, UNMAPPED_STAGE } from '@/lib/model/stage'
import { spanView, type ValueStream } from '@/lib/model/value-stream'

/** Why a stage is said to hold the flow up, the strongest evidence first. */
export interface MapEvidence {
  readonly kind: string
  readonly strength: number
  readonly text: string
}

/** A stage before done; times are means per item that left it, all its stays in the period added up. */
export interface MapStage {
  readonly id: string
  readonly name: string
  readonly kind: 'queue' | 'active'
  /** Inside the span: its time is part of the totals. */
  readonly counted: boolean
  readonly items: number
  readonly wip: number
  readonly wipLimit?: number
  readonly active: number
  readonly waiting: number
  /** Of the time in the stage; null: nothing left it. */
  readonly blockedShare: number | null
  readonly firstPass: number | null
  /** Of all waiting that counts. */
  readonly waitShare: number
  readonly isWaste: boolean
  /** Of the strongest stage alone. */
  readonly isBottleneck: boolean
  readonly evidence: readonly MapEvidence[]
}

export type MoveKind = 'forward' | 'skip' | 'back' | 'out'

/** Moves between two stages. */
export interface MapMove {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromName: string
  readonly toName: string
  /** Place in `stages`; done is one after the last, what has no place is -1. */
  readonly fromAt: number
  readonly toAt: number
  readonly kind: MoveKind
  readonly moves: number
  readonly items: number
}

export interface StreamMap {
  readonly stages: readonly MapStage[]
  readonly doneName: string
  /** Entries into done. */
  readonly doneCount: number
  readonly moves: readonly MapMove[]
  /** Means per item, over the stages that count. */
  readonly active: number
  readonly waiting: number
  /** Where the span begins and ends, by name. */
  readonly startName: string
  readonly endName: string
}

export interface MapInput {
  /** Of `value-stream-map`. */
  readonly columns: Columns
  /** Of `bottlenecks`. */
  readonly bottlenecks?: Columns
  readonly stream: ValueStream
  /** lead, flow, cycle or one of the stream's own. */
  readonly span: string
}

const WASTE_SHARE = 0.2
const MOST_WASTE = 3

/** The answers as one reads a value stream map: stages in order, moves between them, what counts and what stands out. */
export function streamMap(input: MapInput): StreamMap {
  const { columns, stream } = input
  const [start, end] = spanEnds(stream, input.span)
  const evidence = evidenceOf(input.bottlenecks)
  const worst = evidence.keys().next().value
  const before = stream.stages.filter((stage) => stage.kind !== 'done')
  const bare = before.map((stage): MapStage => {
    const at = stream.stages.indexOf(stage)
    return {
      ...timesOf(columns, stage.id),
      id: stage.id,
      name: stage.name,
      kind: stage.kind === 'queue' ? 'queue' : 'active',
      counted: at >= start && at < end,
      wipLimit: stage.wipLimit,
      evidence: evidence.get(stage.id) ?? [],
      isBottleneck: stage.id === worst,
      waitShare: 0,
      isWaste: false,
    }
  })
  const counted = bare.filter((stage) => stage.counted)
  const waiting = sumOf(counted.map((stage) => stage.waiting))
  const done = stream.stages.filter((stage) => stage.kind === 'done')
  return {
    stages: withWaste(bare, waiting),
    doneName: done[0]?.name ?? 'Done',
    doneCount: sumOf(done.map((stage) => numberAt(columns, 'arrivals', nodeRow(columns, stage.id)))),
    moves: movesOf(columns, stream, before.length),
    active: sumOf(counted.map((stage) => stage.active)),
    waiting,
    startName: stream.stages[start]?.name ?? '',
    endName: stream.stages[end]?.name ?? done[0]?.name ?? '',
  }
}

/** Positions from which on and before which time counts. */
function spanEnds(stream: ValueStream, span: string): [number, number] {
  const view = spanView(stream, span) ?? stream
  const first = span === 'lead' ? 0 : view.stages.findIndex(({ id }) => id === (span === 'flow' ? view.committed : view.started))
  const end = view.stages.findIndex(({ id }) => id === view.finished)
  return [Math.max(first, 0), end < 0 ? view.stages.length : end]
}

function timesOf(columns: Columns, stageId: string): Pick<MapStage, 'items' | 'wip' | 'active' | 'waiting' | 'blockedShare' | 'firstPass'> {
  const row = nodeRow(columns, stageId)
  const [active, waiting] = [numberAt(columns, 'active_days', row), numberAt(columns, 'waiting_days', row)]
  const items = numberAt(columns, 'item_count', row)
  const time = active + waiting
  return {
    items,
    wip: numberAt(columns, 'wip_count', row),
    active: items ? active / items : 0,
    waiting: items ? waiting / items : 0,
    blockedShare: time > 0 ? numberAt(columns, 'blocked_days', row) / time : null,
    firstPass: columns.numbers('first_pass_ratio')[row] ?? null,
  }
}

/** The few waits that most of the waiting is spent in. */
function withWaste(stages: readonly MapStage[], waiting: number): MapStage[] {
  const shared = stages.map((stage) => ({ ...stage, waitShare: stage.counted && waiting > 0 ? stage.waiting / waiting : 0 }))
  const largest = shared
    .filter((stage) => stage.waitShare >= WASTE_SHARE)
    .sort((a, b) => b.waitShare - a.waitShare)
    .slice(0, MOST_WASTE)
  return shared.map((stage) => ({ ...stage, isWaste: largest.includes(stage) }))
}

/** Stage id → evidence; the stage with the strongest is the first. */
function evidenceOf(columns: Columns | undefined): Map<string, MapEvidence[]> {
  const byStage = new Map<string, MapEvidence[]>()
  if (!columns) return byStage
  const [stages, kinds, texts] = ['stage_id', 'evidence', 'explanation'].map((name) => columns.texts(name))
  const strengths = columns.numbers('strength')
  for (let row = 0; row < columns.rowCount; row++) {
    const one = { kind: kinds?.[row] ?? '', text: texts?.[row] ?? '', strength: strengths[row] ?? 0 }
    const id = stages?.[row] ?? ''
    byStage.set(id, [...(byStage.get(id) ?? []), one])
  }
  for (const list of byStage.values()) list.sort((a, b) => b.strength - a.strength)
  return byStage
}

function movesOf(columns: Columns, stream: ValueStream, doneAt: number): MapMove[] {
  const [kinds, froms, tos] = ['kind', 'from_stage', 'to_stage'].map((name) => columns.texts(name))
  const before = stream.stages.filter((stage) => stage.kind !== 'done').map(({ id }) => id)
  const names = new Map([
    ...stream.stages.map(({ id, name }) => [id, name] as const),
    [CANCELLED_STAGE, 'Cancelled'] as const,
    [UNMAPPED_STAGE, 'Not mapped'] as const,
  ])
  const isDone = (id: string) => stream.stages.some((stage) => stage.id === id && stage.kind === 'done')
  const placeOf = (id: string) => (isDone(id) ? doneAt : before.indexOf(id))
  return Array.from({ length: columns.rowCount }, (_, row) => row)
    .filter((row) => kinds?.[row] === 'edge')
    .map((row) => {
      const [from, to] = [froms?.[row] ?? '', tos?.[row] ?? '']
      const [fromAt, toAt] = [placeOf(from), placeOf(to)]
      return {
        id: `${from}>${to}`,
        from,
        to,
        fromName: names.get(from) ?? from,
        toName: names.get(to) ?? to,
        fromAt,
        toAt,
        kind: moveKind(fromAt, toAt),
        moves: numberAt(columns, 'departures', row),
        items: numberAt(columns, 'item_count', row),
      }
    })
}

function moveKind(from: number, to: number): MoveKind {
  if (from < 0 || to < 0 || from === to) return 'out'
  if (to < from) return 'back'
  return to === from + 1 ? 'forward' : 'skip'
}

function nodeRow(columns: Columns, stageId: string): number {
  const [kinds, stages] = [columns.texts('kind'), columns.texts('from_stage')]
  return stages.findIndex((id, row) => id === stageId && kinds[row] === 'node')
}

function numberAt(columns: Columns, name: string, row: number): number {
  return columns.numbers(name)[row] ?? 0
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
