import { explainMetric } from '@/lib/metrics/explain/explain'
import { findMetric } from '@/lib/metrics/registry'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'
import { answerImmutable } from './immutable'
import { readParams } from './metric-answer'

/** Explains the answer to a question about a snapshot, as JSON. @throws Problem */
export function answerExplanation(request: Request, snapshot: Snapshot, metric: string): Promise<Response> {
  findMetric(metric)
  const search = new URL(request.url).searchParams
  search.delete('format')
  const params = readParams(search)
  return answerImmutable({
    request,
    identity: [snapshot.id, metric, 'explain', Object.entries(params).sort()],
    contentType: 'application/json; charset=utf-8',
    make: async (signal) => {
      const engine = await parts().engine()
      return new TextEncoder().encode(JSON.stringify(await explainMetric({ engine, snapshot, metric, params, signal })))
    },
  })
}
