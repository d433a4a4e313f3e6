import { FLOW_TYPES } from '@/lib/model/dimension'
import type { Stage } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'
import { readBoundaries } from './boundaries'
import type { FaultList, Path } from './fault-list'
import { check } from './issues'
import { nearestName } from './nearest'
import type { PortfolioOptions } from './reading'
import { idsOf, listAt } from './reading'
import type { StreamInput } from './schema'
import { streamShell } from './schema'
import { checkStageColumns, readSources } from './sources'
import { readSpans } from './spans'
import { readStages, refuseSharedStates } from './stages'

/** One stream, defaults filled in; `undefined` when something about it makes the rest meaningless. */
export function readStream(
  faults: FaultList,
  value: unknown,
  path: Path,
  options: PortfolioOptions & { readonly timezone: string },
): ValueStream | undefined {
  const input = check(faults, { value, schema: streamShell, path })
  const stages = readStages(faults, listAt(value, 'stages'), [...path, 'stages'])
  const sources = readSources(faults, listAt(value, 'sources'), [...path, 'sources'], options)
  checkStageColumns(faults, listAt(value, 'sources'), idsOf(listAt(value, 'stages')), [...path, 'sources'])
  refuseSharedStates(faults, stages, input?.cancelled ?? [], path)
  if (!input) return undefined
  checkTypes(faults, input.types ?? {}, [...path, 'types'])
  const sound = stages.filter((stage) => stage !== undefined)
  if (sound.length < stages.length) return undefined
  return stream(faults, input, sound, sources, path, options.timezone)
}

function stream(
  faults: FaultList,
  input: StreamInput,
  stages: readonly Stage[],
  sources: ValueStream['sources'],
  path: Path,
  timezone: string,
): ValueStream | undefined {
  const { committed, started, finished } = input
  const boundaries = readBoundaries(faults, { committed, started, finished }, stages, path)
  const spans = readSpans(faults, input, stages, path)
  return (
    boundaries && {
      id: input.id,
      name: input.name ?? input.id,
      timezone: input.timezone ?? timezone,
      sources,
      types: input.types ?? {},
      stages,
      cancelled: input.cancelled ?? [],
      ...boundaries,
      ...(input.sle ? { sle: input.sle } : {}),
      ...(spans.length ? { spans } : {}),
    }
  )
}

/** A type of the tracker means one flow type, and a near miss of a flow type is a slip of the pen. */
function checkTypes(faults: FaultList, types: Readonly<Record<string, readonly string[]>>, path: Path): void {
  const owners = new Map<string, string>()
  for (const [flowType, trackerTypes] of Object.entries(types)) {
    const isKnown = FLOW_TYPES.some((name) => name === flowType)
    if (!isKnown && nearestName(flowType, FLOW_TYPES)) {
      faults.add([...path, flowType], 'is no flow item type', { value: flowType, names: FLOW_TYPES })
    }
    for (const [index, type] of trackerTypes.entries()) {
      const other = owners.get(type)
      if (other === undefined) owners.set(type, flowType)
      else faults.add([...path, flowType, index], `this type stands for "${other}" already`, { value: type })
    }
  }
}
