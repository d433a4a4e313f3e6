import { type ColumnKind, fromRows, type Row } from '@/lib/engine/columns'
import { encodeCsv } from '@/lib/engine/encode/csv'
import { type Explanation, explainMetric } from '@/lib/metrics/explain/explain'
import { findMetric } from '@/lib/metrics/registry'
import type { Question } from '@/lib/metrics/run'
import { Problem, showValue } from '@/lib/problem'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'
import { askerOf } from './asker'
import { wholeBody } from './body'
import { answerImmutable } from './immutable'
import { readParams } from './metric-answer'

/** Explanations as a whole, or the list of the items behind alone. */
export const EXPLAIN_FORMATS = ['json', 'csv'] as const
type ExplainFormat = (typeof EXPLAIN_FORMATS)[number]

const CONTENT_TYPES: Readonly<Record<ExplainFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** Explains the answer to a question about a snapshot. @throws Problem */
export function answerExplanation(request: Request, snapshot: Snapshot, metric: string): Promise<Response> {
  findMetric(metric)
  const search = new URL(request.url).searchParams
  const format = explainFormat(search.get('format'))
  search.delete('format')
  const params = readParams(search)
  return answerImmutable({
    request,
    identity: [snapshot.id, metric, 'explain', format, Object.entries(params).sort()],
    contentType: CONTENT_TYPES[format],
    fileName: format === 'csv' ? `${metric}-items-${snapshot.id}.csv` : undefined,
    make: async (signal) => {
      const engine = await parts().engine(askerOf(request))
      const question = { engine, snapshot, metric, params, signal }
      const text = format === 'csv' ? await itemsCsv(question) : JSON.stringify(await explainMetric(question))
      return wholeBody(new TextEncoder().encode(text))
    },
  })
}

function explainFormat(asked: string | null): ExplainFormat {
  const format = EXPLAIN_FORMATS.find((name) => name === (asked ?? 'json'))
  if (format) return format
  throw new Problem('unknown-format', 'There is no such format', {
    faults: [{ where: 'format', message: 'is not one of the allowed values', value: showValue(asked), allowed: EXPLAIN_FORMATS }],
  })
}

const MOST_AT_ONCE = '10000'
const KINDS = new Map<string, ColumnKind>([
  ['stream_id', 'text'],
  ['item_id', 'text'],
  ['key', 'text'],
  ['title', 'text'],
  ['url', 'text'],
  ['type', 'text'],
  ['team', 'text'],
  ['stage_id', 'text'],
  ['status', 'text'],
  ['started_on', 'text'],
  ['finished_on', 'text'],
  ['span_days', 'int'],
])

/** All items behind a number; with `limit` or `offset` the page that they name. */
async function itemsCsv(question: Question): Promise<string> {
  const { limit, offset } = question.params
  if (limit !== undefined || offset !== undefined) return csvOf(listOf(await explainMetric(question)))
  const rows: Row[] = []
  let total: number
  do {
    const page = await explainMetric({ ...question, params: { ...question.params, limit: MOST_AT_ONCE, offset: String(rows.length) } })
    rows.push(...listOf(page))
    total = page.items?.total ?? 0
  } while (rows.length < total)
  return csvOf(rows)
}

function listOf({ items }: Explanation): Row[] {
  return (items?.rows ?? []).map((row) => ({ ...row }))
}

function csvOf(rows: readonly Row[]): string {
  return encodeCsv(fromRows(rows, KINDS))
}
