import type { StateProfile } from '@/lib/model/data-profile'

/**
 * State names in the order of flow: as few moves backwards as a greedy choice finds. After Eades, Lin and Smyth, A fast and effective
 * heuristic for the feedback arc set problem, 1993; by shares instead of counts, so that a rare early state is not overtaken.
 */
export function orderStates(profile: StateProfile): string[] {
  const begins = new Map(profile.states.map((state) => [state.name, state.firstCount - state.lastCount]))
  const net = netMoves(profile, [...begins.keys()])
  const open = new Set(begins.keys())
  const head: string[] = []
  const tail: string[] = []
  while (open.size) {
    const scored = [...open].map((name) => ({ name, begins: begins.get(name) ?? 0, ...flow(net, name, open) }))
    const sink = scored.filter((state) => state.out === 0 && state.into > 0).toSorted((a, b) => a.begins - b.begins)[0]
    const source = scored.toSorted((a, b) => b.lead - a.lead || b.begins - a.begins)[0]
    if (sink) tail.unshift(sink.name)
    else if (source) head.push(source.name)
    open.delete((sink ?? source)?.name ?? '')
  }
  return [...head, ...tail]
}

/** Moves between two states less those the other way round. */
function netMoves(profile: StateProfile, names: readonly string[]): Map<string, Map<string, number>> {
  const counts = new Map(names.map((name) => [name, new Map<string, number>()]))
  for (const { from, to, count } of profile.moves) {
    if (from !== to && counts.has(to)) counts.get(from)?.set(to, (counts.get(from)?.get(to) ?? 0) + count)
  }
  const net = (from: string, to: string) => (counts.get(from)?.get(to) ?? 0) - (counts.get(to)?.get(from) ?? 0)
  return new Map(names.map((from) => [from, new Map(names.map((to) => [to, Math.max(0, net(from, to))]))]))
}

/** Net moves out of a state and into it, among those still open; `lead`, -1..1, is 1 when nothing leads to it. */
function flow(net: ReadonlyMap<string, ReadonlyMap<string, number>>, name: string, others: ReadonlySet<string>) {
  let [out, into] = [0, 0]
  for (const other of others) {
    out += net.get(name)?.get(other) ?? 0
    into += net.get(other)?.get(name) ?? 0
  }
  return { out, into, lead: (out - into) / Math.max(1, out + into) }
}
