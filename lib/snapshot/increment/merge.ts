import type { SourceReport } from '../../history/session'
import type { Manifest, Repair } from '../manifest'
import type { MetState } from '../walk/state-census'

/** The files of each source, those that were known first. */
export function addReports(known: readonly SourceReport[], read: readonly SourceReport[]): SourceReport[] {
  return known.map((report, place) => ({ ...report, files: [...report.files, ...(read[place]?.files ?? [])] }))
}

/** States that were met, after some items were followed again. */
export function addStates(all: readonly MetState[], was: readonly MetState[], is: readonly MetState[]): MetState[] {
  const sums = new Map(all.map((state) => [keyOf(state), state]))
  for (const [states, sign] of [
    [was, -1],
    [is, 1],
  ] as const) {
    for (const state of states) {
      const known = sums.get(keyOf(state)) ?? { ...state, unmappedChanges: 0, unmappedItems: 0 }
      sums.set(keyOf(state), {
        ...known,
        unmappedChanges: known.unmappedChanges + sign * state.unmappedChanges,
        unmappedItems: known.unmappedItems + sign * state.unmappedItems,
      })
    }
  }
  return [...sums.values()].sort((a, b) => a.streamIx - b.streamIx || (a.state < b.state ? -1 : 1))
}

function keyOf({ streamIx, state }: MetState): string {
  return `${streamIx} ${state}`
}

/** What was put right, after some items were followed again. */
export function addRepairs(all: readonly Repair[], was: readonly Repair[], is: readonly Repair[]): Repair[] {
  const sums = new Map(all.map((repair) => [`${repair.streamId} ${repair.rule}`, repair]))
  for (const [repairs, sign] of [
    [was, -1],
    [is, 1],
  ] as const) {
    for (const repair of repairs) {
      const key = `${repair.streamId} ${repair.rule}`
      const known = sums.get(key) ?? { ...repair, rowCount: 0 }
      sums.set(key, { ...known, rowCount: known.rowCount + sign * repair.rowCount })
    }
  }
  const order = ({ streamId, rule }: Repair) => `${streamId} ${rule}`
  return [...sums.values()].filter(({ rowCount }) => rowCount > 0).sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

type Counts = Manifest['counts']

/** What there is, after some items were followed again and rows were left out. */
export function addCounts(all: Counts, was: Omit<Counts, 'rejects'>, is: Counts): Counts {
  return {
    items: all.items - was.items + is.items,
    changes: all.changes - was.changes + is.changes,
    finished: all.finished - was.finished + is.finished,
    rejects: all.rejects + is.rejects,
  }
}
