import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { decodeAnswer, type MetricAnswer } from './decode'
import { RequestError, request } from './problem-error'
import { type Params, searchText } from './scope'

const ARROW = 'application/vnd.apache.arrow.stream'
const POLL_MS = 30_000

/** One snapshot as the server lists it. */
export interface SnapshotSummary {
  readonly id: string
  /** ISO instant */
  readonly created_at: string
  readonly name: string
  /** YYYY-MM-DD */
  readonly first_on: string
  readonly as_of: string
  readonly item_count: number
  readonly change_count: number
  readonly warnings: readonly string[]
  readonly is_current: boolean
}

/** Address of a metric's answer. */
export function metricUrl(snapshot: string, metric: string, params: Params, format?: 'csv' | 'json' | 'arrow' | 'parquet'): string {
  const search = searchText(format ? { ...params, format } : params)
  return `/api/snapshots/${encodeURIComponent(snapshot)}/metrics/${metric}${search ? `?${search}` : ''}`
}

/** A metric's answer. The snapshot is part of the key, so no answer ever grows old; the last one stays while the next is on its way. */
export function metricQuery(snapshot: string, metric: string, params: Params) {
  return queryOptions<MetricAnswer, RequestError>({
    queryKey: ['metric', snapshot, metric, params],
    queryFn: async ({ signal }) => {
      const response = await request(metricUrl(snapshot, metric, params), { signal, accept: ARROW })
      const bytes = new Uint8Array(await response.arrayBuffer())
      try {
        return decodeAnswer(bytes)
      } catch (error) {
        throw new RequestError('The answer can’t be read.', { status: 500, cause: error })
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: retryPassing,
  })
}

/** The snapshot that is served now, null before the first; asked for every 30 s while the page is seen. */
export function currentSnapshotQuery() {
  return queryOptions<SnapshotSummary | null, RequestError>({
    queryKey: ['current-snapshot'],
    queryFn: async ({ signal }) => {
      // The list and not `…/current`: that there is none yet is no error.
      const response = await request('/api/snapshots', { signal, accept: 'application/json' })
      const { snapshots } = (await response.json()) as { snapshots: readonly SnapshotSummary[] }
      return snapshots.find((snapshot) => snapshot.is_current) ?? null
    },
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: true,
    retry: false,
  })
}

/** Asks again what may pass by itself, twice. */
export function retryPassing(failures: number, error: RequestError): boolean {
  return failures < 2 && error instanceof RequestError && error.mayPass
}
