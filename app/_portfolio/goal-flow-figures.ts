import { type Columns, filterRows } from '@/lib/model/columns'
import { NO_VALUE } from '@/lib/model/dimension'
import { type Goal, goalWithDescendants } from '@/lib/model/goal'

/** Work of the page's scope that serves a goal or one below it. */
export interface GoalFlow {
  /** The goal and all below it that the scope does not filter out. */
  readonly goals: readonly string[]
  readonly finished: number
  readonly wip: number
}

export interface Served {
  readonly of: (goal: string) => GoalFlow
  readonly finished: number
  readonly aligned: number
  /** Last day of the window. */
  readonly lastDay: number
}

interface Answers {
  /** Per period and goal: item_count. */
  readonly throughput: Columns
  /** Per day and goal: item_count. */
  readonly wip: Columns
}

/** Counts of the window by goal, each with the goals below it. */
export function servedBy({ throughput, wip }: Answers, goals: readonly Goal[], filter: readonly string[] | undefined): Served {
  const finished = sums(throughput)
  const days = wip.numbers('day_on')
  const lastDay = days.reduce<number>((last, day) => Math.max(last, day ?? 0), 0)
  const open = sums(filterRows(wip, (row) => days[row] === lastDay))
  // A filter by a goal takes in the goals below it.
  const kept = filter && new Set(filter.flatMap((id) => goalWithDescendants(goals, id)))
  const total = (counts: ReadonlyMap<string, number>, ids: readonly string[]) => ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)
  const all = total(finished, [...finished.keys()])
  return {
    lastDay,
    finished: all,
    aligned: all - (finished.get(NO_VALUE) ?? 0),
    of: (goal) => {
      const ids = goalWithDescendants(goals, goal).filter((id) => !kept || kept.has(id))
      return { goals: ids, finished: total(finished, ids), wip: total(open, ids) }
    },
  }
}

function sums(columns: Columns): ReadonlyMap<string, number> {
  const [groups, counts] = [columns.texts('group'), columns.numbers('item_count')]
  const found = new Map<string, number>()
  for (const [row, group] of groups.entries()) {
    const key = group || NO_VALUE
    found.set(key, (found.get(key) ?? 0) + (counts[row] ?? 0))
  }
  return found
}
