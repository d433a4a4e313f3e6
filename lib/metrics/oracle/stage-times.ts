import { UNMAPPED_STAGE } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'
import { finishedLives } from './finished'
import type { OracleRow } from './history'
import type { Life } from './life'
import { inDays, nearestRank, secondsBetween, staysOf, total } from './stays'
import { isAsked, type World } from './world'

/** How long finished items stayed in each stage before the finished one, all their stays added up (definitions §3). */
export function stageTimes(world: World): OracleRow[] {
  const lives = finishedLives({ ...world, question: { ...world.question, groupBy: undefined } }).map(({ life }) => life)
  const rows = stagesBeforeDone(world).map((stageId) => {
    const passing = lives.filter((life) => beforeDone(life.stream).includes(stageId))
    const stays = passing.map((life) => secondsIn(life, stageId)).filter((seconds) => seconds > 0)
    return { stageId, stays, seconds: total(stays, (one) => one), skipped: passing.length - stays.length }
  })
  const astray = lives.map((life) => secondsIn(life, UNMAPPED_STAGE)).filter((seconds) => seconds > 0)
  if (astray.length) rows.push({ stageId: UNMAPPED_STAGE, stays: astray, seconds: total(astray, (one) => one), skipped: 0 })
  const all = total(rows, (row) => row.seconds)
  return rows.map(({ stageId, stays, seconds, skipped }) => ({
    stage_id: stageId,
    n: stays.length,
    p50_days: stays.length ? inDays(nearestRank(stays, 50) ?? 0) : null,
    p85_days: stays.length ? inDays(nearestRank(stays, 85) ?? 0) : null,
    total_days: inDays(seconds),
    share_ratio: all ? seconds / all : null,
    skipped_count: skipped,
  }))
}

function stagesBeforeDone(world: World): string[] {
  const ids = new Set<string>()
  for (const { stream } of world.history.streams) {
    if (!isAsked(world, stream.id)) continue
    for (const id of beforeDone(stream)) ids.add(id)
  }
  return [...ids]
}

function beforeDone(stream: ValueStream): string[] {
  return stream.stages.filter((stage) => stage.kind !== 'done').map((stage) => stage.id)
}

function secondsIn(life: Life, stageId: string): number {
  const stays = staysOf(life).filter((stay) => stay.stageId === stageId && stay.left !== undefined)
  return total(stays, (stay) => secondsBetween(stay.first.at, stay.left?.at ?? stay.first.at))
}
