import { readEnvironment } from '@/lib/config/environment'
import { type ColumnTable, fromRows } from '@/lib/engine/columns'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeTextTable } from '@/lib/engine/encode/text-table'
import { type Explanation, explainMetric } from '@/lib/metrics/explain/explain'
import { openStore } from './places'
import type { QueryOptions } from './query'
import { readQuestion } from './question'
import { misuse, plural, print } from './terminal'

const FORMATS = ['text', 'json'] as const

/** `streamgauge explain METRIC [--param value …]` */
export async function explain(words: readonly string[], options: Omit<QueryOptions, 'output'>): Promise<void> {
  const { metric, params } = readQuestion(words)
  const format = FORMATS.find((name) => name === options.format)
  if (!format) throw misuse('--format', `"${options.format}" is no format`, FORMATS)
  const store = openStore(options)
  const snapshot = await (options.snapshot === undefined || options.snapshot === 'current' ? store.current() : store.open(options.snapshot))
  const { threads, memoryLimit } = readEnvironment()
  const engine = await openDuckdb({ readable: [store.folder], derived: store.derivedFolder, threads, memoryLimit })
  try {
    const explanation = await explainMetric({ engine, snapshot, metric, params })
    print(format === 'json' ? JSON.stringify(explanation, null, 2) : textOf(explanation))
  } finally {
    await engine.close()
  }
}

function textOf(told: Explanation): string {
  const { title, metric, aka, unit, doc, source, from, to, as_of } = told
  const parts = [
    `${title} (${metric}), in ${unit}${aka.length ? `; also called ${aka.join(', ')}` : ''}\n${doc}\nSource: ${source}`,
    `Window ${from} to ${to} (not included), as of ${as_of}, snapshot ${told.snapshot}`,
    `Parameters\n${table(told.parameters.filter(isShown), ['name', 'value', 'origin', 'meaning'])}`,
    ...told.notes.map((note) => `Note: ${note}`),
    ...told.queries.map(
      (query) =>
        `Query ${query.metric}.${query.name}: ${plural(query.rows_read, 'row')} read, ${plural(query.row_count, 'row')} ${query.is_kept ? 'kept in memory, of which the condition at the end takes some' : 'given'}\n${query.text}`,
    ),
    ...itemLines(told),
  ]
  return `${parts.join('\n\n')}\n`
}

function isShown(parameter: Explanation['parameters'][number]): boolean {
  return parameter.value !== null
}

function itemLines({ items, number, left_out }: Explanation): string[] {
  if (!items) return ['No items stand behind these numbers.']
  const meant = number ? `; the number is ${number.value}${number.on ? ` on ${number.on}` : ''}` : ''
  const shown = items.rows.length < items.total ? `, here ${items.offset + 1} to ${items.offset + items.rows.length}` : ''
  const columns = ['stream_id', 'item_id', 'key', 'title', 'stage_id', 'status', 'started_on', 'finished_on', 'span_days']
  return [
    `Items behind: ${items.total}${shown}${meant}\n${table(items.rows, columns)}`,
    `Items left out\n${table(left_out, ['reason', 'item_count', 'example_key', 'meaning'])}`,
  ]
}

function table(rows: readonly object[], names: readonly string[]): string {
  const numbers = ['item_count', 'span_days']
  const kinds = new Map(names.map((name) => [name, numbers.includes(name) ? ('int' as const) : ('text' as const)]))
  const shown: ColumnTable = fromRows(rows as Parameters<typeof fromRows>[0], kinds)
  return encodeTextTable(shown).trimEnd()
}
