import { z } from 'zod'
import { type Sql, sql } from '../../engine/sql'
import { column, defineMetric, type MetricContext, type Place } from '../define'
import { atStage, rowsAt, standingBehind } from '../facts/behind'
import { levelColumns } from '../facts/level-columns'
import { keptLevels, levelsKept } from '../facts/stage-levels'
import { type Stage, stagesInScope } from '../facts/stages'
import { type Standing, standingLevels, standingQueries } from '../facts/standing-levels'

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
  queries: (context): Readonly<Record<string, Sql>> => {
    const lines = keptLevels(context)
    return lines ? { lines } : standingQueries(context)
  },
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
    const stages = stagesInScope(context.streams)
    const counted = () =>
      standingLevels(answers, context, {
        lines: stages.length,
        counts: 3,
        seriesOf: (standing) => linesOf(standing, stages),
      })
    return levelColumns(answers.lines ? [levelsKept(answers.lines, context, stages)] : counted(), {
      window: context.window,
      line: { name: 'stage_id', texts: stages.map(({ id }) => id) },
      counts: ['reached_count', 'behind_count', 'removed_count'],
      series: stages.length * 3,
    })
  },
})

/** The line that is meant: the stage's, by default the top one. */
function lineOf(context: MetricContext, place: Place): string {
  return place.stageId ?? stagesInScope(context.streams)[0]?.id ?? ''
}

/**
 * The counts that a standing belongs to: three for each line, of those who reached it, are behind it, were removed. The first line is
 * the arrivals of the lead span: it holds every item, also one that stands in no ordered stage yet.
 */
function linesOf({ streamId, position, mark, status }: Standing, stages: readonly Stage[]): number[] {
  return stages.flatMap((stage, index) => {
    const line = stage.positions.get(streamId)
    if (line === undefined || (line > 0 && mark < line)) return []
    if (status === 'removed') return [index * 3, index * 3 + 2]
    return position >= 0 && position < line ? [index * 3, index * 3 + 1] : [index * 3]
  })
}
