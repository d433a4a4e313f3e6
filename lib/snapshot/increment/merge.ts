import type { Builder } from '../../engine/duckdb/builder'
import { sql } from '../../engine/sql'
import type { SourceReport } from '../../history/session'
import type { Manifest, Repair } from '../manifest'
import { countItems, readRepairs } from '../tallies'
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
export async function addRepairs(all: readonly Repair[], before: Builder, after: Builder): Promise<Repair[]> {
  const sums = new Map(all.map((repair) => [`${repair.streamId} ${repair.rule}`, repair]))
  for (const [builder, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    for (const repair of await readRepairs(builder)) {
      const key = `${repair.streamId} ${repair.rule}`
      const known = sums.get(key) ?? { ...repair, rowCount: 0 }
      sums.set(key, { ...known, rowCount: known.rowCount + sign * repair.rowCount })
    }
  }
  const order = ({ streamId, rule }: Repair) => `${streamId} ${rule}`
  return [...sums.values()].filter(({ rowCount }) => rowCount > 0).sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

export async function addCounts(
  all: Manifest['counts'],
  { before, after, was, is }: { before: Builder; after: Builder; was: { readonly changes: number }; is: { readonly changes: number } },
): Promise<Manifest['counts']> {
  const [gone, come] = [await countItems(before), await countItems(after)]
  const [rejected] = await after.rows(sql`SELECT CAST(count(*) AS DOUBLE) AS n FROM rejects`)
  return {
    items: all.items - gone.items + come.items,
    changes: all.changes - was.changes + is.changes,
    finished: all.finished - gone.finished + come.finished,
    rejects: all.rejects + Number(rejected?.n),
  }
}
