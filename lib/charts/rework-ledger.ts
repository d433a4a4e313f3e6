import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { Format } from './format'

/** All moves back between the same two stages, with what they cost. */
export interface ReworkLoop {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly fromName: string
  readonly toName: string
  readonly moves: number
  /** Each once, however often it went back this way. */
  readonly items: number
  /** Elapsed days until the items were back, added up. */
  readonly days: number
  /** Moves whose item has not come back yet. */
  readonly open: number
}

/** The rework ledger by loop, the dearest first. */
export function reworkLoops(columns: Columns, stages: readonly Stage[]): ReworkLoop[] {
  const names = new Map(stages.map(({ id, name }) => [id, name]))
  const [from, to, streams, items] = ['from_stage', 'to_stage', 'stream_id', 'item_id'].map((name) => columns.texts(name))
  const [lost, back] = [columns.numbers('days_lost'), columns.flags('is_back')]
  const byId = new Map<string, { from: string; to: string; moves: number; items: Set<string>; days: number; open: number }>()
  for (let row = 0; row < columns.rowCount; row++) {
    const [left, entered] = [from?.[row] ?? '', to?.[row] ?? '']
    const id = `${left} ${entered}`
    const loop = byId.get(id) ?? { from: left, to: entered, moves: 0, items: new Set<string>(), days: 0, open: 0 }
    loop.moves += 1
    loop.items.add(`${streams?.[row]} ${items?.[row]}`)
    loop.days += lost[row] ?? 0
    loop.open += back[row] ? 0 : 1
    byId.set(id, loop)
  }
  return [...byId.entries()]
    .map(([id, loop]) => ({
      ...loop,
      id,
      items: loop.items.size,
      fromName: names.get(loop.from) ?? loop.from,
      toName: names.get(loop.to) ?? loop.to,
    }))
    .sort((a, b) => b.days - a.days || b.moves - a.moves)
}

/** "12 moves back cost 84 days in all. Review → Development is the dearest: 40 % of the days, 7 days a move." */
export function reworkVerdict(loops: readonly ReworkLoop[], format: Format): string | undefined {
  const [dearest] = loops
  if (!dearest) return undefined
  const sum = (value: (loop: ReworkLoop) => number) => loops.reduce((total, loop) => total + value(loop), 0)
  const [moves, days, open] = [sum((loop) => loop.moves), sum((loop) => loop.days), sum((loop) => loop.open)]
  const waiting = open > 0 ? ` ${format.count(open, 'move')} ${open === 1 ? 'is' : 'are'} not made good yet.` : ''
  const whole = `${format.count(moves, 'move')} back cost ${format.count(Math.round(days), 'day')} in all.`
  if (days === 0) return `${whole}${waiting}`
  const mean = dearest.days / dearest.moves
  const share = loops.length === 1 ? 'The only loop' : `The costliest loop, with ${format.percent(dearest.days / days)} of the days,`
  return `${whole} ${share} is ${dearest.fromName} back to ${dearest.toName}: ${format.number(mean, 1)} days a move.${waiting}`
}
