import type { Stage } from '@/lib/model/stage'
import type { FaultList, Path } from './fault-list'

type Boundary = 'committed' | 'started' | 'finished'

export type Boundaries = Readonly<Record<Boundary, string>>

const BOUNDARIES: readonly Boundary[] = ['committed', 'started', 'finished']

/** Where spans start and end (definitions §3), defaults filled in; `undefined` when the stages do not allow an answer. */
export function readBoundaries(
  faults: FaultList,
  given: Partial<Boundaries>,
  stages: readonly Stage[],
  path: Path,
): Boundaries | undefined {
  const ids = stages.map((stage) => stage.id)
  const before = faults.size
  for (const key of BOUNDARIES) {
    const value = given[key]
    if (value !== undefined && !ids.includes(value)) faults.add([...path, key], 'names no stage of this stream', { value, names: ids })
  }
  const finished = given.finished ?? stages.find((stage) => stage.kind === 'done')?.id
  if (finished === undefined) faults.add([...path, 'stages'], 'no stage is done; give the one that finishes an item the kind done')
  if (faults.size > before || finished === undefined) return undefined
  const active = stages.find((stage) => stage.kind === 'active')?.id
  const started = given.started ?? active ?? given.committed ?? ids[0] ?? finished
  const committed = given.committed ?? started
  checkOrder(faults, { committed, started, finished }, given, stages, path)
  return { committed, started, finished }
}

function checkOrder(faults: FaultList, found: Boundaries, given: Partial<Boundaries>, stages: readonly Stage[], path: Path): void {
  const position = (key: Boundary) => stages.findIndex((stage) => stage.id === found[key])
  const told = (key: Boundary) => `${key} "${found[key]}"${given[key] === undefined ? ` (${DEFAULTS[key]})` : ''}`
  const at = (key: Boundary, other: Boundary) => [...path, given[key] === undefined && given[other] !== undefined ? other : key]
  if (position('started') < position('committed')) {
    faults.add(
      at('started', 'committed'),
      `${told('started')} stands before ${told('committed')}: work cannot start before it is committed`,
    )
  }
  for (const key of ['committed', 'started'] as const) {
    if (position(key) > position('finished')) faults.add(at(key, 'finished'), `${told(key)} stands after ${told('finished')}`)
  }
  for (const [index, stage] of stages.entries()) {
    if (index < position('finished') || stage.kind === 'done') continue
    const where = index === position('finished') ? 'finishes the items' : `stands after ${told('finished')}`
    faults.add([...path, 'stages', index, 'kind'], `stage "${stage.id}" ${where}, so its kind must be done`, { value: stage.kind })
  }
}

const DEFAULTS: Readonly<Record<Boundary, string>> = {
  committed: 'by default where work starts',
  started: 'by default the first active stage',
  finished: 'by default the first done stage',
}
