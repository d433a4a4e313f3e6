import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { decodeAnswer, type MetricAnswer } from '@/lib/client/decode'
import { metricUrl } from '@/lib/client/queries'
import type { Params } from '@/lib/client/scope'
import { ENCODING_HEADER } from '../http/encoding'
import { answerMetric } from '../http/metric-answer'
import { MEDIA_TYPES } from '../http/negotiate'
import { openSnapshot } from '../http/snapshot'

/** Asks a metric as the page will in a moment, for the same answer out of the same cache. */
export type AskHere = (metric: string, params: Params) => Promise<MetricAnswer>

/** Of an answer as it is sent: what is longer is not drawn in a moment. */
const MOST_BYTES = 400_000

const decompress = promisify(brotliDecompress)
/** Of the reader's request, so that it is the reader's turn that is taken, and the answer is kept as the page will want it. */
const KEPT_HEADERS = ['x-forwarded-for', ENCODING_HEADER]

/** @param told headers of the request for the page */
export function askHere(snapshotId: string, told: Headers, signal: AbortSignal): AskHere {
  return async (metric, params) => {
    const headers = new Headers({ accept: MEDIA_TYPES.arrow })
    for (const name of KEPT_HEADERS) {
      const value = told.get(name)
      if (value !== null) headers.set(name, value)
    }
    const request = new Request(new URL(metricUrl(snapshotId, metric, params), 'http://here'), { headers, signal })
    const response = await answerMetric(request, await openSnapshot(snapshotId), metric)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length > MOST_BYTES) throw new RangeError(`an answer of ${bytes.length} bytes is too long for a first picture`)
    return decodeAnswer(response.headers.get(ENCODING_HEADER) === 'br' ? new Uint8Array(await decompress(bytes)) : bytes)
  }
}
