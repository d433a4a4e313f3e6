import type { LoadResult } from './load'
import { textTable } from './table'
import { milliseconds } from './verdict'

/** Readers against throughput and waiting times. */
export function loadTable(results: readonly LoadResult[]): string {
  const header = [
    'questions',
    'readers',
    'requests',
    'per second',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'errors',
    'event loop p99 ms',
    'memory MB',
  ]
  const rows = results.map((result) => [
    result.mix,
    String(result.readers),
    String(result.requests),
    result.perSecond.toFixed(1),
    ...[result.p50, result.p95, result.p99].map(milliseconds),
    String(result.errors),
    result.eventLoopP99 === undefined ? 'not exposed' : milliseconds(result.eventLoopP99),
    memoryTrend(result.memoryMb),
  ])
  const errors = results.flatMap(({ error }) => (error === undefined ? [] : [`  ${error}`]))
  return [textTable([header, ...rows]), ...new Set(errors)].join('\n')
}

/** First → last, and between which it stayed in the second half. */
function memoryTrend(sizes: readonly number[] | undefined): string {
  if (!sizes?.length) return 'not known'
  const half = sizes.slice(Math.floor(sizes.length / 2))
  return `${sizes[0]} → ${sizes.at(-1)} (${Math.min(...half)}–${Math.max(...half)})`
}
