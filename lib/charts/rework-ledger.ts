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

/** Loops as `rework-loops` tells them, the dearest first. */
export function reworkLoops(columns: Columns, stages: readonly Stage[]): ReworkLoop[] {
  const names = new Map(stages.map(({ id, name }) => [id, name]))
  const [from, to] = [columns.texts('from_stage'), columns.texts('to_stage')]
  const [moves, items, days, open] = ['move_count', 'item_count', 'days_lost', 'open_count'].map((name) => columns.numbers(name))
  return Array.from({ length: columns.rowCount }, (_, row): ReworkLoop => {
    const [left, entered] = [from[row] ?? '', to[row] ?? '']
    return {
      id: `${left} ${entered}`,
      ...{ from: left, to: entered, fromName: names.get(left) ?? left, toName: names.get(entered) ?? entered },
      ...{ moves: moves?.[row] ?? 0, items: items?.[row] ?? 0, days: days?.[row] ?? 0, open: open?.[row] ?? 0 },
    }
  }).sort((a, b) => b.days - a.days || b.moves - a.moves)
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
