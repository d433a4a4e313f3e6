import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext, type Place } from '../define'
import { atStage, rowsAt, standingBehind } from '../facts/behind'
import { levelChanges } from '../facts/levels'
import { groupsOf, type LevelChange, readChanges, runLevels } from '../facts/running'
import { type Stage, stagesInScope } from '../facts/stages'

export const cumulativeFlow = defineMetric({
  name: 'cumulative-flow',
  title: 'Cumulative flow',
  aka: ['CFD', 'forward cumulative flow diagram'],
  unit: 'items',
  doc: 'For each stage, how many items have reached it or a later one by the end of the day. The lines never fall; skipped stages are filled in; items that have moved back stay in the lines they reached and are counted as behind. The vertical distance between two lines is the work between them, the horizontal one about how long it takes.',
  source: 'Vacanti 2015, Actionable Agile Metrics for Predictability, ch. 4–5',
  subject: 'standing',
  uses: ['rule', 'groupBy'],
  params: z.object({}),
  columns: {
    day_on: column.day('end of this local day'),
    stage_id: column.text('stage, in the order of the flow'),
    reached_count: column.int('items that have reached the stage or a later one', { unit: 'items' }),
    behind_count: column.int('of these, items that now stand before the stage', { unit: 'items' }),
    removed_count: column.int('of these, items that were cancelled', { unit: 'items' }),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => ({ changes: levelChanges(context) }),
  items: {
    list: (context, place) =>
      standingBehind(
        context,
        place,
        atStage(context, lineOf(context, place), (position) => sql`(${position === 0} OR mark >= ${position})`),
      ),
    counted: { how: 'sum', column: 'reached_count' },
    rowsOf: (context, place) => rowsAt({ day: place.day, stageId: lineOf(context, place) }),
  },
  derive: (answers, context) => {
    const changes = answers.changes ? readChanges(answers.changes) : []
    const groups = groupsOf(changes, context.params.group !== undefined)
    return groups.flatMap((group) => linesOf(group, changes, context))
  },
})

/** The line that is meant: the stage's, by default the top one. */
function lineOf(context: MetricContext, place: Place): string {
  return place.stageId ?? stagesInScope(context.streams)[0]?.id ?? ''
}

function linesOf(group: string | null, all: readonly LevelChange[], context: MetricContext): Row[] {
  const stages = stagesInScope(context.streams)
  const rows: Row[] = []
  runLevels(
    context.window,
    all.filter((change) => change.group === group),
    {
      series: stages.length * 3,
      add: (change, sums) => addToLines(change, stages, sums),
      emit: (day, sums) => {
        stages.forEach((stage, index) => {
          const [reached_count, behind_count, removed_count] = sums.subarray(index * 3, index * 3 + 3)
          rows.push({ day_on: day, stage_id: stage.id, reached_count, behind_count, removed_count, group } as Row)
        })
      },
    },
  )
  return rows
}

/** The first line is the arrivals of the lead span: it holds every item, also one that stands in no ordered stage yet. */
function addToLines(change: LevelChange, stages: readonly Stage[], sums: Float64Array): void {
  stages.forEach((stage, index) => {
    const line = stage.positions.get(change.streamId)
    if (line === undefined || (line > 0 && change.mark < line)) return
    const add = (offset: number) => {
      sums[index * 3 + offset] = (sums[index * 3 + offset] ?? 0) + change.delta
    }
    add(0)
    if (change.status === 'removed') add(2)
    else if (change.position >= 0 && change.position < line) add(1)
  })
}
