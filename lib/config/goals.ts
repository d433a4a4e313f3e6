import type { Goal } from '@/lib/model/goal'
import { GOAL_LEVELS } from '@/lib/model/goal'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import type { Names } from './reading'
import { refuseDuplicateIds } from './reading'
import type { GoalInput } from './schema'
import { goalInput } from './schema'
import { readMatch } from './scope'

/** Goals in the order of the file; parents exist, stand on a higher level, and form no circle. */
export function readGoals(faults: FaultList, entries: readonly unknown[], path: Path, names: Names): Goal[] {
  refuseDuplicateIds(faults, entries, path)
  const goals = entries.flatMap((value, index) => {
    const input = check(faults, { value, schema: goalInput, path: [...path, index] })
    return input ? [{ index, goal: goal(faults, input, [...path, index], names) }] : []
  })
  const byId = new Map(goals.toReversed().map((entry) => [entry.goal.id, entry.goal]))
  const inCircle = circles(byId)
  for (const { index, goal } of goals) checkParent(faults, goal, byId, inCircle, names, [...path, index])
  return goals.map((entry) => entry.goal)
}

function goal(faults: FaultList, input: GoalInput, path: Path, names: Names): Goal {
  const { id, name = id, match, ...rest } = input
  return { id, name, ...rest, ...(match ? { match: readMatch(faults, match, [...path, 'match'], names) } : {}) }
}

function checkParent(
  faults: FaultList,
  goal: Goal,
  byId: ReadonlyMap<string, Goal>,
  inCircle: ReadonlySet<string>,
  names: Names,
  path: Path,
): void {
  if (goal.parent === undefined) return
  const at = [...path, 'parent']
  const parent = byId.get(goal.parent)
  if (!names.goals.includes(goal.parent)) faults.add(at, 'names no goal', { value: goal.parent, names: names.goals })
  else if (inCircle.has(goal.id)) faults.add(at, 'leads back to this very goal', { value: goal.parent })
  else if (parent && GOAL_LEVELS.indexOf(parent.level) >= GOAL_LEVELS.indexOf(goal.level)) {
    const order = GOAL_LEVELS.join(' > ')
    faults.add(at, `"${parent.id}" is ${parent.level}, which is not above ${goal.level} (${order})`, { value: goal.parent })
  }
}

/** Ids of the goals that lie on a circle of parents. */
function circles(byId: ReadonlyMap<string, Goal>): Set<string> {
  const settled = new Set<string>()
  const found = new Set<string>()
  for (const start of byId.keys()) {
    const trail: string[] = []
    const onTrail = new Set<string>()
    let id: string | undefined = start
    while (id !== undefined && byId.has(id) && !settled.has(id) && !onTrail.has(id)) {
      trail.push(id)
      onTrail.add(id)
      id = byId.get(id)?.parent
    }
    if (id !== undefined && onTrail.has(id)) for (const member of trail.slice(trail.indexOf(id))) found.add(member)
    for (const passed of trail) settled.add(passed)
  }
  return found
}
