/** What a database takes where nothing is configured, as DuckDB has it. */
const USUAL_LIMIT = '80%'

/** A part of a memory limit, as DuckDB writes it (`2GB`, `80%`): each database has a limit of its own, and several at work would take as many times as much. */
export function memoryShare(limit: string | undefined, parts: number): string {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s?(.+)$/.exec(limit ?? USUAL_LIMIT) ?? []
  return `${Number(amount) / parts}${unit}`
}
