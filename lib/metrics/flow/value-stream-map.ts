import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { UNMAPPED_STAGE } from '../../model/stage'
import { stageNamer, UNMAPPED_POSITION } from '../../snapshot/positions'
import { column, defineMetric, type MetricContext } from '../define'
import { figuresOf, itemsThatLeft, stageMoves, stageStanding } from '../facts/stage-facts'
import { stagesInScope } from '../facts/stages'

export const valueStreamMap = defineMetric({
  name: 'value-stream-map',
  title: 'Measured value stream map',
  aka: ['VSM', 'process map'],
  unit: 'elapsed days',
  doc: 'Each stage with the stays that ended in the window (time worked, waiting and blocked, all added up: divide by departures for a mean), what came and went, the items in it at the end, and its first-pass yield: the share of exits forward that no return to the stage or before it followed. Each edge with the items that took it; edges backward are rework. States that no stage names are the node unmapped.',
  source: 'Martin & Osterling 2013, Value Stream Mapping; Rother & Shook 1998; definitions §6',
  subject: 'standing',
  uses: ['rule'],
  params: z.object({}),
  columns: {
    kind: column.text('node or edge'),
    from_stage: column.text('the stage; of an edge, where it begins'),
    to_stage: column.text('where an edge ends', { nullable: true }),
    item_count: column.int('items that left the stage, or took the edge', { unit: 'items' }),
    wip_count: column.int('items in progress in the stage at the end of the window', { unit: 'items', nullable: true }),
    active_days: column.float('time worked in the stays that ended', { unit: 'elapsed days', nullable: true }),
    waiting_days: column.float('time waiting in them', { unit: 'elapsed days', nullable: true }),
    blocked_days: column.float('of it, time blocked', { unit: 'elapsed days', nullable: true }),
    arrivals: column.int('entries', { unit: 'moves', nullable: true }),
    departures: column.int('exits; of an edge, its moves', { unit: 'moves', nullable: true }),
    first_pass_ratio: column.float('share of exits forward without a return', { nullable: true }),
    rework_count: column.int('exits forward with a return; of an edge backward, its moves', { unit: 'moves' }),
  },
  queries: (context) => ({ moves: stageMoves(context), standing: stageStanding(context) }),
  items: {
    list: itemsThatLeft,
    counted: { how: 'any', column: 'item_count' },
    rowsOf: (_context, { stageId }) => (stageId === undefined ? undefined : (row) => row.kind === 'node' && row.from_stage === stageId),
  },
  derive: (answers, context) => {
    const moves = answers.moves ? toRows(answers.moves) : []
    const standing = answers.standing ? toRows(answers.standing) : []
    const nodes = stagesInScope(context.streams).map((stage) => {
      return nodeOf(stage.id, moves, standing, (streamId, position) => stage.positions.get(streamId) === position)
    })
    const unmapped = nodeOf(UNMAPPED_STAGE, moves, standing, (_streamId, position) => position === UNMAPPED_POSITION)
    const isUsed = [unmapped.arrivals, unmapped.departures, unmapped.wip_count].some((count) => Number(count) > 0)
    return [...nodes, ...(isUsed ? [unmapped] : []), ...edgesOf(moves, context)]
  },
})

function nodeOf(
  stageId: string,
  moves: readonly Row[],
  standing: readonly Row[],
  isHere: (streamId: string, position: number) => boolean,
): Row {
  const figures = figuresOf(moves, isHere)
  const here = standing.filter((row) => isHere(String(row.stream_id), Number(row.position)))
  return {
    kind: 'node',
    from_stage: stageId,
    to_stage: null,
    item_count: figures.items,
    wip_count: here.reduce((sum, row) => sum + Number(row.items), 0),
    active_days: figures.active,
    waiting_days: figures.waiting,
    blocked_days: figures.blocked,
    arrivals: figures.arrivals,
    departures: figures.departures,
    first_pass_ratio: figures.forward ? 1 - figures.returned / figures.forward : null,
    rework_count: figures.returned,
  }
}

function edgesOf(rows: readonly Row[], context: MetricContext): Row[] {
  const nameOf = stageNamer(context.streams)
  const edges = new Map<string, { from: string; to: string; items: number; moves: number; rework: number }>()
  for (const row of rows) {
    if (row.from_position === null || row.position === null) continue
    const from = nameOf(row.stream_id, row.from_position)
    const to = nameOf(row.stream_id, row.position)
    if (from === to) continue
    const key = JSON.stringify([from, to])
    const edge = edges.get(key) ?? { from, to, items: 0, moves: 0, rework: 0 }
    edges.set(key, edge)
    edge.items += Number(row.moves) - Number(row.edge_again)
    edge.moves += Number(row.moves)
    if (Number(row.position) >= 0 && Number(row.position) < Number(row.from_position)) edge.rework += Number(row.moves)
  }
  return [...edges.values()].map((edge) => ({
    kind: 'edge',
    from_stage: edge.from,
    to_stage: edge.to,
    item_count: edge.items,
    departures: edge.moves,
    rework_count: edge.rework,
  }))
}
