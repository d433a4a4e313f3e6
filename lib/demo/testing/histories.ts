import { formatDay } from '@/lib/time/day'
import { STREAMS } from '../company'
import type { DemoBatch } from '../demo-log'
import type { StreamPlan } from '../plan'
import { type SimulationOptions, simulate } from '../simulate'
import type { DemoTruth } from '../truth'
import { createClockwork } from '../world'

/** One row of the log. */
export interface Row {
  readonly at: number
  readonly state: string
  readonly team: string
  readonly goal: string
  readonly priority: string
  readonly blocked: boolean
  readonly blockReason: string
}

export interface History {
  readonly stream: string
  readonly id: string
  readonly key: string
  readonly title: string
  readonly type: string
  readonly created: number
  readonly rows: Row[]
}

/** Stage of a state as the portfolio file maps them: id, kind, position; waiting states belong to their stage. */
export interface MappedStage {
  readonly id: string
  readonly kind: string
  readonly position: number
}

/** Runs the simulation and keeps all of it, item by item. */
export async function readHistories(options: SimulationOptions): Promise<{ histories: History[]; batches: DemoBatch[]; truth: DemoTruth }> {
  const batches: DemoBatch[] = []
  const truth = await simulate(options, (batch) => {
    batches.push(batch)
  })
  const byItem = new Map<string, History>()
  for (const batch of batches) for (let row = 0; row < batch.rowCount; row++) addRow(byItem, batch, row)
  return { histories: [...byItem.values()], batches, truth }
}

function addRow(byItem: Map<string, History>, batch: DemoBatch, row: number): void {
  const { text } = batch
  const id = text.item[row] ?? ''
  const known = byItem.get(`${batch.stream} ${id}`)
  const history = known ?? {
    stream: batch.stream,
    id,
    key: text.key[row] ?? '',
    title: text.title[row] ?? '',
    type: text.type[row] ?? '',
    created: batch.created[row] ?? Number.NaN,
    rows: [],
  }
  if (!known) byItem.set(`${batch.stream} ${id}`, history)
  history.rows.push({
    at: batch.at[row] ?? Number.NaN,
    state: text.state[row] ?? '',
    team: text.team[row] ?? '',
    goal: text.goal[row] ?? '',
    priority: text.priority[row] ?? '',
    blocked: batch.blocked[row] === 1,
    blockReason: text.block_reason[row] ?? '',
  })
}

/** Stages by the states that mean them, as the plan uses the states. */
export function mappedStages(plan: StreamPlan): Map<string, MappedStage> {
  const states = new Map<string, MappedStage>()
  const put = (state: string, position: number) => {
    const stage = plan.stages[position]
    if (stage) states.set(state, { id: stage.id, kind: stage.kind, position })
  }
  const positionOf = (id: string) => plan.stages.findIndex((stage) => stage.id === id)
  plan.stages.forEach((stage, position) => {
    put(stage.state, position)
    for (const state of stage.work?.wait?.states ?? []) put(state, position)
    if (stage.work?.fail) put(stage.work.fail.state, positionOf(stage.work.fail.toStage))
  })
  put('Reopened', positionOf(plan.reopen.toStage))
  if (plan.closedState) put(plan.closedState, plan.stages.length - 1)
  return states
}

const clockwork = createClockwork('2022-10-03', '2025-10-01')

/** Local day number of an instant in a stream's zone. */
export function localDay(stream: string, at: number): number {
  const index = STREAMS.findIndex((plan) => plan.id === stream)
  return clockwork.streams[index]?.hours.zone.dayOf(at) ?? Number.NaN
}

export function localDate(stream: string, at: number): string {
  return formatDay(localDay(stream, at))
}

/** Nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil((p * sorted.length) / 100) - 1] ?? Number.NaN
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** When an item was committed and finished, by the positions of its states; undefined while it is not finished. */
export function flowOf(history: History, stages: ReadonlyMap<string, MappedStage>, committed: number, last: number) {
  const start = history.rows.find((row) => (stages.get(row.state)?.position ?? -1) >= committed)
  const end = history.rows.at(-1)
  if (!start || !end || stages.get(end.state)?.position !== last) return undefined
  let finish = end
  for (const row of [...history.rows].reverse()) {
    if (stages.get(row.state)?.position !== last) break
    finish = row
  }
  const days = localDay(history.stream, finish.at) - localDay(history.stream, start.at) + 1
  return {
    startAt: start.at,
    finishAt: finish.at,
    finishedOn: localDate(history.stream, finish.at),
    days,
    goal: finish.goal,
    team: finish.team,
  }
}
