/** `warning`: worth a look, does not fail the check. `line` 0: the file as a whole. */
export interface Finding {
  readonly level: 'error' | 'warning'
  readonly path: string
  readonly line: number
  readonly message: string
  readonly reason: string
}

export function byPlace(a: Finding, b: Finding): number {
  return a.path.localeCompare(b.path) || a.line - b.line || a.message.localeCompare(b.message)
}
