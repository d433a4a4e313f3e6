/** The groups that changes name, NULL last; a single NULL when nothing is grouped, even over no change at all. */
export function groupsOf(rows: readonly { readonly group: string | null }[], isGrouped: boolean): (string | null)[] {
  if (!isGrouped) return [null]
  const groups = [...new Set(rows.map((row) => row.group))]
  return groups.sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
}
