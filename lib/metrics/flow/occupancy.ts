import { z } from 'zod'
import type { Row } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { UNMAPPED_STAGE } from '../../model/stage'
import { column, defineMetric, type MetricContext } from '../define'
import { atStage, rowsAt, standingBehind } from '../facts/behind'
import { levelChanges } from '../facts/levels'
import { groupsOf, type LevelChange, readChanges, runLevels } from '../facts/running'
import { type Stage, stagesInScope } from '../facts/stages'

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
  queries: (context) => ({ changes: levelChanges(context) }),
  items: {
    list: (context, place) => {
      const here = place.stageId === undefined ? sql`TRUE` : atStage(context, place.stageId, (position) => sql`position = ${position}`)
      return standingBehind(context, place, sql`status <> 'removed' AND ${here}`)
    },
    counted: { how: 'sum', column: 'item_count' },
    rowsOf: (_context, place) => rowsAt(place),
  },
  derive: (answers, context) => {
    const changes = (answers.changes ? readChanges(answers.changes) : []).filter((change) => change.status !== 'removed')
    const stages = stagesInScope(context.streams)
    const unmapped: Stage = { id: UNMAPPED_STAGE, kinds: new Map(), positions: new Map() }
    const shown = changes.some((change) => change.position < 0) ? [...stages, unmapped] : stages
    return groupsOf(changes, context.params.group !== undefined).flatMap((group) => levelsOf(group, shown, changes, context))
  },
})

function levelsOf(group: string | null, stages: readonly Stage[], all: readonly LevelChange[], context: MetricContext): Row[] {
  const rows: Row[] = []
  const changes = all.filter((change) => change.group === group)
  const indexOf = (change: LevelChange) =>
    stages.findIndex((stage) =>
      change.position < 0 ? stage.id === UNMAPPED_STAGE : stage.positions.get(change.streamId) === change.position,
    )
  runLevels(context.window, changes, {
    series: stages.length,
    add: (change, sums) => {
      const index = indexOf(change)
      sums[index] = (sums[index] ?? 0) + change.delta
    },
    emit: (day, sums) => {
      for (const [index, stage] of stages.entries()) rows.push({ day_on: day, stage_id: stage.id, item_count: sums[index] ?? 0, group })
    },
  })
  return rows
}
