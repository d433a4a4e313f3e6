/** What the build puts right in a source, with what it is called in the manifest. */
type RepairRule =
  | 'time_backwards'
  | 'state_missing_unchanged'
  | 'first_state_missing'
  | 'state_repeated'
  | 'created_after_first_change'
  | 'first_state_inferred'

/** Counts repairs per stream and rule, with the first item that each was seen on. */
export class RepairCounts {
  readonly #counts = new Map<string, { streamIx: number; rule: RepairRule; rowCount: number; itemIx: number }>()

  add(streamIx: number, rule: RepairRule, rowCount: number, itemIx: number): void {
    if (!rowCount) return
    const key = `${streamIx} ${rule}`
    const known = this.#counts.get(key)
    if (known) known.rowCount += rowCount
    else this.#counts.set(key, { streamIx, rule, rowCount, itemIx })
  }

  list(): readonly { readonly streamIx: number; readonly rule: RepairRule; readonly rowCount: number; readonly itemIx: number }[] {
    return [...this.#counts.values()]
  }
}
