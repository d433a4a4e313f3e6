import { type Row, toRows } from '@/lib/engine/columns'
import type { RawHistory } from '@/lib/metrics/oracle/history'
import type { RawParams } from '@/lib/metrics/params'
import { runMetric } from '@/lib/metrics/run'
import { formatDay } from '@/lib/time/day'
import { buildHistory } from './build'

/** Answers about a small history; days as YYYY-MM-DD. */
export interface Peer {
  ask(metric: string, params?: RawParams): Promise<Row[]>
  close(): Promise<void>
}

/** Builds a snapshot of the history of a peer's tests. */
export async function openPeer(history: RawHistory): Promise<Peer> {
  const { engine, snapshot, close } = await buildHistory(history)
  return {
    close,
    ask: async (metric, params = {}) => {
      const { table } = await runMetric({ engine, snapshot, metric, params })
      const days = table.columns.filter((column) => column.kind === 'day').map((column) => column.name)
      return toRows(table).map((row) => ({
        ...row,
        ...Object.fromEntries(days.map((name) => [name, row[name] === null ? null : formatDay(Number(row[name]))])),
      }))
    },
  }
}
