import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { type Sql, sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import { stageNamer } from '../../snapshot/positions'
import { column, defineMetric, type MetricContext } from '../define'
import { finishedBehind, rowsOfStage } from '../facts/behind'
import { type DurationFigures, durationFigures, durationQueries, furtherDurations } from '../facts/duration-figures'
import type { Durations } from '../facts/duration-ladder'
import { finishedCounts } from '../facts/finished'
import { passageCubes, passageFacts, passageLengths } from '../facts/passages'
import { type Stage, stagesInScope } from '../facts/stages'

const SECONDS_PER_DAY = 86_400

export const stageTimes = defineMetric({
  name: 'stage-times',
  title: 'Time in stage',
  aka: ['time in status', 'stage duration'],
  unit: 'elapsed days',
  doc: 'How long the items that finished in the window stayed in each stage, all their visits added up. Stages that an item skipped are left out of the percentiles of that stage. The share is of the time in all stages before done.',
  source: 'definitions §3',
  subject: 'finished',
  uses: ['rule', 'span', 'policy'],
  params: z.object({}),
  columns: {
    stage_id: column.text('stage, in the order of the flow'),
    n: column.int('finished items that were in the stage', { unit: 'items' }),
    p50_days: column.float('median', { unit: 'elapsed days', nullable: true }),
    p85_days: column.float('85th percentile', { unit: 'elapsed days', nullable: true }),
    total_days: column.float('all stays added up', { unit: 'elapsed days' }),
    share_ratio: column.float('share of the time in all stages', { nullable: true }),
    skipped_count: column.int('finished items of streams with the stage that were never in it', { unit: 'items' }),
  },
  queries: (context) => ({
    ...durationQueries(context, stageDurations(context)),
    finished: sql`SELECT stream_id, CAST(sum(item_count) AS INTEGER) AS n FROM (${finishedCounts(context)}) AS finished GROUP BY stream_id ORDER BY stream_id`,
  }),
  follow: (answers, context) => furtherDurations(answers, context, stageDurations(context)),
  items: {
    list: (context, { stageId }) =>
      stageId === undefined ? finishedBehind(context) : sql`SELECT item_ix FROM (${staysOf(context)}) AS stays WHERE stage_id = ${stageId}`,
    counted: { how: 'any', column: 'n' },
    rowsOf: rowsOfStage,
  },
  derive: (answers, context) => {
    const figures = durationFigures(answers, context, stageDurations(context))
    const finished = answers.finished ? toRows(answers.finished) : []
    const passing = (stage: Stage) => finished.filter((row) => streamsBeforeDone(stage).includes(String(row.stream_id)))
    const stages = stagesInScope(context.streams).filter((stage) => streamsBeforeDone(stage).length)
    const unmapped = figures.get(UNMAPPED_STAGE)
    const all = [...stages.map(({ id }) => figures.get(id)), unmapped].reduce((sum, own) => sum + (own?.totalSeconds ?? 0), 0)
    const times = stages.map((stage) => {
      const passed = passing(stage).reduce((sum, row) => sum + Number(row.n), 0)
      return timesOf(stage.id, { figures: figures.get(stage.id), finished: passed, all })
    })
    // Nobody is meant to pass through states that no stage names, so nobody skips them.
    return unmapped ? [...times, timesOf(UNMAPPED_STAGE, { figures: unmapped, finished: unmapped.count, all })] : times
  },
})

/** With all stays of an item in a stage added up. */
function stageDurations(context: MetricContext): Durations {
  const nameOf = stageNamer(context.streams)
  return {
    facts: (wanted) => passageLengths(context, wanted),
    cubes: passageCubes(context),
    percentiles: [50, 85],
    keyOf: ({ streamId, position }) => nameOf(streamId, position),
  }
}

/** Time of each finished item in each stage before done, all its visits added up; a visit of no length was none: `stage_id, item_ix, seconds`. */
function staysOf(context: MetricContext): Sql {
  return sql`SELECT stage_id, item_ix, seconds FROM (${passageFacts(context)}) AS passed WHERE seconds > 0`
}

/** Streams in which items pass the stage on their way; only their items can skip it. */
function streamsBeforeDone(stage: Stage): string[] {
  return [...stage.kinds].filter(([, kind]) => kind !== 'done').map(([streamId]) => streamId)
}

function timesOf(stageId: string, { figures, finished, all }: { figures?: DurationFigures; finished: number; all: number }): Row {
  const n = figures?.count ?? 0
  const total = figures?.totalSeconds ?? 0
  const at = (percentile: number) => {
    const seconds = figures?.percentiles.get(percentile)
    return seconds === undefined ? null : seconds / SECONDS_PER_DAY
  }
  return {
    stage_id: stageId,
    n,
    p50_days: at(50),
    p85_days: at(85),
    total_days: total / SECONDS_PER_DAY,
    share_ratio: all ? total / all : null,
    skipped_count: finished - n,
  }
}
