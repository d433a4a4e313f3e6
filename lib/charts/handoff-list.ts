import type { Columns } from '@/lib/model/columns'
import type { Format } from './format'

/** All hand-offs from one team to another. */
export interface Handoff {
  readonly from: string
  readonly to: string
  readonly moves: number
  /** Mean elapsed days until the item moved on; null when none has. */
  readonly wait: number | null
}

const NO_TEAM = 'No team'

/** Hand-offs by pair of teams, the most frequent first. */
export function handoffList(columns: Columns): Handoff[] {
  const [from, to] = [columns.texts('from_team'), columns.texts('to_team')]
  const [moves, wait] = [columns.numbers('move_count'), columns.numbers('wait_days')]
  return from
    .map((team, row) => ({ from: team || NO_TEAM, to: to[row] || NO_TEAM, moves: moves[row] ?? 0, wait: wait[row] ?? null }))
    .sort((a, b) => b.moves - a.moves)
}

/** "279 hand-offs between teams. Most go from A to B (83). After those from B to C items wait longest: 9 days on average." */
export function handoffVerdict(list: readonly Handoff[], format: Format): string | undefined {
  const [most] = list
  if (!most) return undefined
  const total = list.reduce((sum, { moves }) => sum + moves, 0)
  const slowest = [...list].sort((a, b) => (b.wait ?? 0) - (a.wait ?? 0))[0]
  const slow =
    slowest?.wait && slowest.wait >= 0.05
      ? `Items wait longest from ${slowest.from} to ${slowest.to}: ${format.number(slowest.wait, 1)} days on average until they move on.`
      : 'Items move on at once after them.'
  const share = list.length === 1 ? 'all of them' : format.percent(most.moves / total)
  return `${format.count(total, 'hand-off')}, ${share} from ${most.from} to ${most.to}. ${slow}`
}
