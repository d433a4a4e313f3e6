import { z } from 'zod'
import { type Row, toRows } from '../../engine/columns'
import { sql } from '../../engine/sql'
import { stageNamer } from '../../snapshot/positions'
import { column, defineMetric, type MetricContext } from '../define'
import { asOfInstants, wholeSeconds } from '../facts/instants'
import { movesBack, movesBackCounts } from '../facts/moves-back'
import { repeatedMovesBack } from '../facts/stage-facts'

const SECONDS_PER_DAY = 86_400

export const reworkLoops = defineMetric({
  name: 'rework-loops',
  title: 'Rework by loop',
  aka: ['rework loops', 'returns by stage'],
  unit: 'elapsed days',
  doc: 'The moves of the rework ledger put together by the stages between which they went back: how many moves, of how many items, the days lost until the items were back in the stage they had left or beyond (or until the as-of day, while they are not), and how many are not back. An item that went back the same way twice counts once among the items.',
  source: 'definitions §6; Martin & Osterling 2013, Value Stream Mapping',
  subject: 'standing',
  uses: ['rule'],
  params: z.object({}),
  columns: {
    stream_id: column.text('value stream'),
    from_stage: column.text('stage in which the items were'),
    to_stage: column.text('earlier stage to which they went'),
    move_count: column.int('moves back', { unit: 'moves' }),
    item_count: column.int('items that moved back, each once', { unit: 'items' }),
    days_lost: column.float('time until they were back, added up', { unit: 'elapsed days' }),
    open_count: column.int('moves whose item has not come back by the as-of day', { unit: 'moves' }),
  },
  items: { list: (context) => sql`SELECT item_ix FROM (${movesBack(context)}) AS backward` },
  queries: (context) => {
    const counted = movesBackCounts(context)
    const moves = sql`SELECT stream_id, from_position, position, changed_at, back_at FROM (${movesBack(context)}) AS backward
      ORDER BY stream_id, from_position, position, changed_at`
    return { again: repeatedMovesBack(context), ...(counted ? { counted } : { moves }) }
  },
  derive: ({ again, counted, moves }, context) => {
    const nameOf = stageNamer(context.streams)
    const repeated = new Map((again ? toRows(again) : []).map((row) => [placeOf(row), Number(row.moves)]))
    const loops = counted ? toRows(counted).map((row) => loopOf(row, context)) : loopsOf(moves ? toRows(moves) : [], context)
    return loops.map(
      ({ row, moves: move_count, lost, open }): Row => ({
        stream_id: row.stream_id ?? null,
        from_stage: nameOf(row.stream_id, row.from_position),
        to_stage: nameOf(row.stream_id, row.position),
        ...{ move_count, item_count: move_count - (repeated.get(placeOf(row)) ?? 0), days_lost: lost / SECONDS_PER_DAY, open_count: open },
      }),
    )
  },
})

interface Loop {
  /** With the place. */
  readonly row: Row
  moves: number
  /** Seconds. */
  lost: number
  open: number
}

function placeOf({ stream_id, from_position, position }: Row): string {
  return `${from_position} ${position} ${stream_id}`
}

function loopOf(row: Row, context: MetricContext): Loop {
  const [moves, open, lost, since] = ['move_count', 'open_count', 'lost_seconds', 'open_since'].map((name) => Number(row[name]))
  const end = wholeSeconds(0, asOfInstants(context)(row.stream_id))
  return { row, moves: moves ?? 0, open: open ?? 0, lost: (lost ?? 0) + (open ?? 0) * end - (since ?? 0) }
}

function loopsOf(moves: readonly Row[], context: MetricContext): Loop[] {
  const endOf = asOfInstants(context)
  const loops = new Map<string, Loop>()
  for (const row of moves) {
    const place = placeOf(row)
    const loop = loops.get(place) ?? { row, moves: 0, lost: 0, open: 0 }
    loops.set(place, loop)
    loop.moves += 1
    loop.open += row.back_at === null ? 1 : 0
    loop.lost += wholeSeconds(Number(row.changed_at), row.back_at === null ? endOf(row.stream_id) : Number(row.back_at))
  }
  return [...loops.values()]
}
