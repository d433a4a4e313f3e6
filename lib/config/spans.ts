import type { Stage } from '@/lib/model/stage'
import { SPANS } from '@/lib/model/unit'
import { CUSTOMER_SPAN, type OwnSpan } from '@/lib/model/value-stream'
import type { FaultList, Path } from './fault-list'
import type { StreamInput } from './schema'

const NAME = /^[a-z][a-z0-9_]{0,39}$/

/** A stream's own spans, customer lead time among them, in the order of the file. */
export function readSpans(faults: FaultList, input: StreamInput, stages: readonly Stage[], path: Path): OwnSpan[] {
  const own = Object.entries(input.spans ?? {}).flatMap(([id, { from, to, name }]): OwnSpan[] => {
    const at = [...path, 'spans', id]
    const before = faults.size
    const taken: readonly string[] = [...SPANS, CUSTOMER_SPAN]
    if (taken.includes(id)) faults.add(at, 'is a name of our own; choose another', { value: id })
    else if (!NAME.test(id))
      faults.add(at, 'the name of a span is lower case letters, digits and _, at most 40, a letter first', { value: id })
    checkStages(faults, { from, to }, { from: [...at, 'from'], to: [...at, 'to'] }, stages)
    return faults.size > before ? [] : [{ id, name: name ?? id, from, to }]
  })
  return [...customerSpan(faults, input, stages, path), ...own]
}

function customerSpan(faults: FaultList, input: StreamInput, stages: readonly Stage[], path: Path): OwnSpan[] {
  const { requested: from, delivered: to } = input
  if (from === undefined && to === undefined) return []
  if (from === undefined || to === undefined) {
    const [given, lacking] = from === undefined ? ['delivered', 'requested'] : ['requested', 'delivered']
    faults.add([...path, given], `says one end of the customer lead time; ${lacking} has to say the other`)
    return []
  }
  const before = faults.size
  checkStages(faults, { from, to }, { from: [...path, 'requested'], to: [...path, 'delivered'] }, stages)
  return faults.size > before ? [] : [{ id: CUSTOMER_SPAN, name: 'Customer lead time', from, to }]
}

function checkStages(
  faults: FaultList,
  ends: Readonly<Record<'from' | 'to', string>>,
  paths: Readonly<Record<'from' | 'to', Path>>,
  stages: readonly Stage[],
): void {
  const ids = stages.map((stage) => stage.id)
  for (const end of ['from', 'to'] as const) {
    if (!ids.includes(ends[end])) faults.add(paths[end], 'names no stage of this stream', { value: ends[end], names: ids })
  }
  if (!ids.includes(ends.from) || !ids.includes(ends.to) || ids.indexOf(ends.from) < ids.indexOf(ends.to)) return
  faults.add(paths.to, `stands not after "${ends.from}": a span ends in a later stage than it starts`, { value: ends.to })
}
