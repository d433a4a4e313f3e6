import { z } from 'zod'
import { sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import { column, defineMetric } from '../define'
import { atStage, rowsAt, standingBehind } from '../facts/behind'
import { levelColumns } from '../facts/level-columns'
import { stagesInScope } from '../facts/stages'
import { type GroupLevels, standingLevels, standingQueries } from '../facts/standing-levels'

export const occupancy = defineMetric({
  name: 'occupancy',
  title: 'Occupancy',
  aka: ['stacked WIP', 'items per stage'],
  unit: 'items',
  doc: 'How many items stand in each stage at the end of the day, where they really are. Cancelled items stand in no stage. It is no cumulative flow diagram: its bands may shrink when items move back.',
  source: 'definitions §7',
  subject: 'standing',
  uses: ['rule', 'groupBy'],
  params: z.object({}),
  columns: {
    day_on: column.day('end of this local day'),
    stage_id: column.text('stage, in the order of the flow; "unmapped" for states that no stage names'),
    item_count: column.int('items in the stage', { unit: 'items' }),
    group: column.text('value of the dimension asked for by groupBy', { nullable: true }),
  },
  queries: (context) => standingQueries(context, sql`status <> 'removed'`),
  items: {
    list: (context, place) => {
      const here = place.stageId === undefined ? sql`TRUE` : atStage(context, place.stageId, (position) => sql`position = ${position}`)
      return standingBehind(context, place, sql`status <> 'removed' AND ${here}`)
    },
    counted: { how: 'sum', column: 'item_count' },
    rowsOf: (_context, place) => rowsAt(place),
  },
  derive: (answers, context) => {
    const stages = stagesInScope(context.streams)
    const lines = stages.length + 1
    const levels = standingLevels(answers, context, {
      lines,
      counts: 1,
      seriesOf: ({ streamId, position, status }) => {
        if (status === 'removed') return undefined
        const index = stages.findIndex((stage) => stage.positions.get(streamId) === position)
        return [position < 0 || index < 0 ? stages.length : index]
      },
    })
    const shown = [
      ...stages.map((stage) => stage.id),
      ...(levels.some((level) => isSeen(level, stages.length, lines)) ? [UNMAPPED_STAGE] : []),
    ]
    return levelColumns(levels, { window: context.window, line: { name: 'stage_id', texts: shown }, counts: ['item_count'], series: lines })
  },
})

function isSeen({ levels }: GroupLevels, line: number, lines: number): boolean {
  return levels.some((level, index) => index % lines === line && level > 0)
}
