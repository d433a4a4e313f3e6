import type { Stage } from '@/lib/model/stage'
import { RESERVED_STAGES } from '@/lib/model/stage'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import { idsOf, refuseDuplicateIds } from './reading'
import type { StageInput } from './schema'
import { stageInput } from './schema'

/** The stages of a stream in order; `undefined` for one that has faults. */
export function readStages(faults: FaultList, entries: readonly unknown[], path: Path): (Stage | undefined)[] {
  refuseDuplicateIds(faults, entries, path)
  return entries.map((value, index) => {
    const at = [...path, index]
    const id = idsOf([value])[0]
    if (id !== undefined && RESERVED_STAGES.includes(id)) {
      faults.add([...at, 'id'], 'is a name of our own for states outside the workflow; choose another id', { value: id })
    }
    const input = check(faults, { value, schema: stageInput, path: at })
    return input && stage(faults, input, at)
  })
}

function stage(faults: FaultList, input: StageInput, path: Path): Stage {
  const name = input.name ?? input.id
  const waiting = input.waiting ?? []
  if (waiting.length && input.kind !== 'active') {
    faults.add([...path, 'waiting'], `only an active stage has waiting states of its own; this one is ${input.kind}`)
  }
  const states = input.states ?? (waiting.length ? [] : [name])
  const limit = input.wipLimit === undefined ? {} : { wipLimit: input.wipLimit }
  return { id: input.id, name, kind: input.kind, states: states.length || waiting.length ? states : [name], waiting, ...limit }
}

/** A fault for every state that two places claim, over all stages and the cancelled states. */
export function refuseSharedStates(
  faults: FaultList,
  stages: readonly (Stage | undefined)[],
  cancelled: readonly string[],
  path: Path,
): void {
  const owners = new Map<string, string>()
  const claim = (states: readonly string[], owner: string, at: Path) => {
    for (const [index, state] of states.entries()) {
      const other = owners.get(state)
      const message = other === owner ? 'this state stands here twice' : `this state belongs to ${other} already`
      if (other === undefined) owners.set(state, owner)
      else faults.add([...at, index], message, { value: state })
    }
  }
  for (const [index, stage] of stages.entries()) {
    if (!stage) continue
    const owner = `stage "${stage.id}"`
    claim(stage.states, owner, [...path, 'stages', index, 'states'])
    claim(stage.waiting, owner, [...path, 'stages', index, 'waiting'])
  }
  claim(cancelled, 'cancelled', [...path, 'cancelled'])
}
