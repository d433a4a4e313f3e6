import { fileName } from '@/lib/client/file-name'
import { arrowPieces, BATCH_ROWS, encodeArrow } from '@/lib/engine/encode/arrow'
import { encodeCsv } from '@/lib/engine/encode/csv'
import { encodeJson } from '@/lib/engine/encode/json'
import { encodeParquet } from '@/lib/engine/encode/parquet'
import { answerMeta } from '@/lib/metrics/answer-meta'
import { findMetric } from '@/lib/metrics/registry'
import { type Answer, runMetric } from '@/lib/metrics/run'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'
import { askerOf } from './asker'
import { type Body, longBody, wholeBody } from './body'
import { answerImmutable } from './immutable'
import { type AnswerFormat, chooseFormat, MEDIA_TYPES } from './negotiate'

const CHARSETS: Readonly<Record<AnswerFormat, string>> = {
  arrow: '',
  json: '; charset=utf-8',
  csv: '; charset=utf-8; header=present',
  parquet: '',
}

/** Answers a question about a snapshot as the request wants it written. @throws Problem */
export function answerMetric(request: Request, snapshot: Snapshot, metric: string): Promise<Response> {
  findMetric(metric)
  const search = new URL(request.url).searchParams
  const format = chooseFormat(search.get('format'), request.headers.get('accept'))
  search.delete('format')
  const params = readParams(search)
  return answerImmutable({
    request,
    identity: [snapshot.id, metric, Object.entries(params).sort(), format],
    contentType: `${MEDIA_TYPES[format]}${CHARSETS[format]}`,
    fileName: fileName({ metric, params, snapshot: snapshot.id, ending: format }),
    make: async (signal) => {
      const engine = await parts().engine(askerOf(request))
      return encode(await runMetric({ engine, snapshot, metric, params, signal }), snapshot, format)
    },
  })
}

/** A parameter that is repeated is a list. */
export function readParams(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name).join(',')]))
}

async function encode(answer: Answer, snapshot: Snapshot, format: AnswerFormat): Promise<Body> {
  const { table } = answer
  const meta = answerMeta(answer, snapshot.id)
  switch (format) {
    case 'csv':
      return wholeBody(new TextEncoder().encode(encodeCsv(table)))
    case 'json':
      return wholeBody(new TextEncoder().encode(encodeJson(table)))
    case 'parquet':
      return wholeBody(await encodeParquet(table, meta))
    default:
      return table.rowCount > BATCH_ROWS ? longBody(() => arrowPieces(table, meta)) : wholeBody(encodeArrow(table, meta))
  }
}
