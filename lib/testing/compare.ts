import type { OracleRow } from '@/lib/metrics/oracle/history'

/** Columns that tell rows apart, and the one that says whether a row counts anything (rows of nothing may be left out). */
export interface RowShape {
  readonly keys: readonly string[]
  readonly count?: string
  /** Rows with the same key are no mistake: each counts for itself. */
  readonly repeats?: boolean
}

export const ROW_SHAPES: Readonly<Record<string, RowShape>> = {
  'data-quality': { keys: ['rule'] },
  change: { keys: ['group'] },
  'process-behaviour': { keys: ['at'] },
  'stage-times': { keys: ['stage_id'] },
  'value-stream-map': { keys: ['kind', 'from_stage', 'to_stage'] },
  bottlenecks: { keys: ['stage_id', 'evidence'] },
  'flow-efficiency': { keys: ['period_on', 'group'], count: 'n' },
  blocked: { keys: ['period_on', 'reason'] },
  rework: { keys: ['stream_id', 'item_id', 'moved_at', 'from_stage', 'to_stage'], repeats: true },
  'rework-loops': { keys: ['stream_id', 'from_stage', 'to_stage'] },
  handoffs: { keys: ['from_team', 'to_team'] },
  'cumulative-flow': { keys: ['day_on', 'stage_id', 'group'], count: 'reached_count' },
  occupancy: { keys: ['day_on', 'stage_id', 'group'], count: 'item_count' },
  'span-percentiles': { keys: ['period_on', 'percentile', 'group'], count: 'n' },
  'finished-items': { keys: ['stream_id', 'item_id'] },
  'span-density': { keys: ['kind', 'day_from', 'length_from', 'stream_id', 'item_id'] },
  'span-histogram': { keys: ['days', 'group'] },
  survival: { keys: ['days'] },
  throughput: { keys: ['period_on', 'group'], count: 'item_count' },
  arrivals: { keys: ['period_on', 'group'], count: 'item_count' },
  'net-flow': { keys: ['period_on', 'group'] },
  'flow-distribution': { keys: ['period_on', 'type'] },
  alignment: { keys: ['period_on', 'goal_id'] },
  predictability: { keys: ['period_on', 'group'] },
  'littles-law': { keys: ['assumption'] },
  wip: { keys: ['day_on', 'group'], count: 'item_count' },
  'aging-work': { keys: ['stream_id', 'item_id'] },
  'aging-density': { keys: ['kind', 'stream_id', 'stage_id', 'age_from', 'item_id'] },
  pace: { keys: ['stage_id', 'percentile'], count: 'n' },
  facets: { keys: ['dimension', 'value'], count: 'item_count' },
  items: { keys: ['stream_id', 'item_id'] },
  'kpi-trend': { keys: ['kpi_id', 'at'] },
  'item-life': { keys: ['stream_id', 'kind', 'name', 'from_value', 'to_value', 'entered_at', 'left_at'], repeats: true },
}

/** What differs between two answers, a line each; empty: they agree. Order is not compared, nor columns that only one side has. */
export function differences(expected: readonly OracleRow[], actual: readonly OracleRow[], shape: RowShape): string[] {
  const found: string[] = []
  const wanted = byKey(expected, shape)
  const given = byKey(actual, shape)
  if (given.size !== actual.length) found.push(`the engine gives ${actual.length} rows with ${given.size} keys`)
  for (const [key, row] of wanted) {
    const other = given.get(key)
    if (other) found.push(...cellDifferences(key, row, other))
    else if (counts(row, shape)) found.push(`${key}: the engine lacks ${JSON.stringify(row)}`)
  }
  for (const [key, row] of given) if (!wanted.has(key) && counts(row, shape)) found.push(`${key}: the oracle lacks ${JSON.stringify(row)}`)
  return found
}

function byKey(rows: readonly OracleRow[], shape: RowShape): Map<string, OracleRow> {
  const found = new Map<string, OracleRow>()
  for (const row of rows) {
    const base = JSON.stringify(shape.keys.map((key) => row[key] ?? null))
    let key = base
    for (let times = 2; shape.repeats && found.has(key); times++) key = `${base} × ${times}`
    found.set(key, row)
  }
  return found
}

function counts(row: OracleRow, shape: RowShape): boolean {
  return shape.count === undefined || row[shape.count] !== 0
}

function cellDifferences(key: string, expected: OracleRow, actual: OracleRow): string[] {
  return Object.keys(expected).flatMap((name) => {
    if (!(name in actual)) return []
    const [wanted, given] = [expected[name] ?? null, actual[name] ?? null]
    return isSame(wanted, given) ? [] : [`${key} ${name}: oracle ${JSON.stringify(wanted)}, engine ${JSON.stringify(given)}`]
  })
}

function isSame(a: string | number | boolean | null, b: string | number | boolean | null): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
  return a === b
}
