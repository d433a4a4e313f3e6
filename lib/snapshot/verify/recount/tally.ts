import { NEVER } from '../../../time/day'
import type { Moment } from './life'
import { SPAN_NAMES } from './life'
import { spellRows } from './rows'

/** Counts per day of one stream, added up over its items by plain loops. Keys are days. */
export interface StreamTally {
  readonly throughput: Map<number, number>
  readonly firstFinishes: Map<number, number>
  readonly arrivals: Record<string, Map<number, number>>
  /** Changes of the number of items in progress at day ends, by span. */
  readonly wip: Record<string, Map<number, number>>
  /** Changes of the lines of the cumulative flow, by position; 0: all items. */
  readonly lines: Map<number, Map<number, number>>
  /** Items by inclusive days from first start to last finish, by span. */
  readonly lengths: Record<string, Map<number, number>>
  /** Changes of the level cube by `day position mark status`. */
  readonly cube: Map<string, number>
  items: number
}

export function newTally(): StreamTally {
  const perSpan = () => Object.fromEntries(SPAN_NAMES.map((span) => [span, new Map<number, number>()]))
  return {
    throughput: new Map(),
    firstFinishes: new Map(),
    arrivals: perSpan(),
    wip: perSpan(),
    lines: new Map(),
    lengths: perSpan(),
    cube: new Map(),
    items: 0,
  }
}

/** Adds one item. */
export function addLife(tally: StreamTally, life: readonly Moment[], stageCount: number): void {
  const last = life.at(-1)
  if (!last) return
  tally.items++
  const firstFinish = life.find((moment) => moment.status === 'finished')
  if (firstFinish) bump(tally.firstFinishes, firstFinish.day, 1)
  const since = life.findLastIndex((moment) => moment.status !== 'finished')
  const finish = last.status === 'finished' ? life[since + 1] : undefined
  if (finish) bump(tally.throughput, finish.day, 1)
  for (const span of SPAN_NAMES) {
    const started = last.first[span]
    if (started) bump(tally.arrivals[span], started.day, 1)
    if (finish && started) bump(tally.lengths[span], finish.day - started.day + 1, 1)
  }
  addLevels(tally, life, stageCount)
}

function addLevels(tally: StreamTally, life: readonly Moment[], stageCount: number): void {
  const spells = spellRows(life, 0)
  for (const spell of spells) {
    const [from, to] = [Number(spell.from_day), Number(spell.to_day)]
    const standing = `${spell.position} ${spell.mark} ${spell.status}`
    bump(tally.cube, `${from} ${standing}`, 1)
    if (to < NEVER) bump(tally.cube, `${to} ${standing}`, -1)
    for (const span of SPAN_NAMES) {
      if (spell.status !== 'open' || spell[`first_start_day_${span}`] === null) continue
      bump(tally.wip[span], from, 1)
      if (to < NEVER) bump(tally.wip[span], to, -1)
    }
  }
  for (let position = 0; position < stageCount; position++) {
    const reached = spells.find((spell) => position === 0 || Number(spell.mark) >= position)
    if (!reached) continue
    const line = tally.lines.get(position) ?? new Map<number, number>()
    tally.lines.set(position, line)
    bump(line, Number(reached.from_day), 1)
  }
}

function bump<K>(counts: Map<K, number> | undefined, key: K, by: number): void {
  counts?.set(key, (counts.get(key) ?? 0) + by)
}
