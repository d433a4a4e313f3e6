import { finishedLives } from './finished'
import type { OracleRow, Question } from './history'
import { endOfDay, type Life, type Moment } from './life'
import { ageStart, firstStart, lastFinish } from './span'
import { ownParams } from './variants'
import { comparison } from './work'
import { countingMoments, groupsOf, isWhole, passes, type World } from './world'

/** Values of each dimension with how many items have them at the end of the window. */
export function facets(world: World): OracleRow[] {
  const { dimensions } = world.history
  const rows = dimensions.flatMap((dimension) => countValues(dimension, valuesIn(world, world.lives, dimension)))
  return [...rows, ...countValues('stream', valuesIn(world, world.allLives(), 'stream'))]
}

function valuesIn(world: World, lives: readonly Life[], dimension: string): (string | null)[] {
  return lives.flatMap((life) => {
    const now = endOfDay(life, world.to - 1)
    if (!now) return []
    if (dimension === 'stream' && isWhole(world)) return [life.stream.id]
    const values = new Set<string | null>()
    for (const moment of countingMoments(world, life, now, world.question.rule ?? 'as_of')) {
      if (passes(world, moment, dimension)) values.add(dimension === 'stream' ? life.stream.id : (moment.values[dimension] ?? null))
    }
    return [...values]
  })
}

function countValues(dimension: string, values: readonly (string | null)[]): OracleRow[] {
  return [...new Set(values)].map((value) => ({ dimension, value, item_count: values.filter((other) => other === value).length }))
}

/** Items as they stood at the end of a day; "finished" without a day are those that the throughput of the window counts. */
export function items(world: World): OracleRow[] {
  const { question } = world
  if (question.status === 'finished' && question.onDay === undefined) return finishedInWindow(world)
  const day = Math.min(question.onDay ?? world.to - 1, world.asOf)
  return world.lives.flatMap((life) => {
    const known: Life = { ...life, moments: life.moments.filter((moment) => moment.day <= day) }
    const now = known.moments.at(-1)
    if (!now || !groupsOf(world, life, now, 'as_of').length) return []
    const row = itemRow(known, now, day, world)
    if (!isOfStatus(row, known, question) || !isInStage(row, question)) return []
    const isCompared = ownParams(question, 'items').compared === 'yes' && question.status === 'in_progress' && question.onDay === undefined
    return [{ ...row, ...(isCompared ? comparison(world, life, Number(row.age_days)) : { percentile_rank: null, miss_risk_ratio: null }) }]
  })
}

function finishedInWindow(world: World): OracleRow[] {
  return finishedLives(world).flatMap(({ life }) => {
    const now = life.moments.at(-1)
    const row = now && itemRow(life, now, world.asOf, world)
    return row && isInStage(row, world.question) ? [row] : []
  })
}

function isOfStatus(row: OracleRow, known: Life, { status, span }: Question): boolean {
  if (status === 'in_progress') return row.status === 'open' && firstStart(known, span) !== undefined
  return status === undefined || row.status === status
}

function isInStage(row: OracleRow, question: Question): boolean {
  return question.stageId === undefined || row.stage_id === question.stageId
}

function itemRow(life: Life, now: Moment, day: number, world: World): OracleRow {
  const { span, policy } = world.question
  const finish = lastFinish(life)
  const start = firstStart(life, span) && ageStart(life, span, policy)
  const age = start === undefined || now.status === 'removed' ? null : (finish?.day ?? day) - start.day + 1
  return {
    stream_id: life.stream.id,
    item_id: life.item.id,
    key: life.item.key ?? life.item.id,
    title: life.item.title ?? '',
    type: now.values.type ?? null,
    team: now.values.team ?? null,
    goal: now.values.goal ?? null,
    priority: now.values.priority ?? null,
    stage_id: now.stageId,
    status: now.status,
    blocked: now.blocked,
    created_on: life.moments[0]?.day ?? null,
    started_on: start?.day ?? null,
    finished_on: finish?.day ?? null,
    age_days: age,
  }
}
