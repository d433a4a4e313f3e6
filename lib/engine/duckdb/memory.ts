import { totalmem } from 'node:os'

/** What a database takes where nothing is configured, as DuckDB has it. */
const USUAL_LIMIT = '80%'
const PERCENT = 100
const MEBIBYTE = 2 ** 20

/**
 * A part of a memory limit such as `2GB` or, of the machine's memory, `80%`, as DuckDB takes it when it opens, which knows no shares of the
 * machine then. Each database has a limit of its own, and several at work would take as many times as much.
 */
export function memoryShare(limit = USUAL_LIMIT, parts = 1): string {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)\s?(.+)$/.exec(limit) ?? []
  const own = Number(amount) / parts
  return unit === '%' ? `${Math.floor((totalmem() * own) / PERCENT / MEBIBYTE)}MiB` : `${own}${unit}`
}
