import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Explanation } from '../metrics/explain/explain'
import { type RequestError, request } from './problem-error'
import { metricUrl, retryPassing } from './queries'
import { type Params, searchText } from './scope'

/** Address of the explanation of a metric's answer; as CSV it is the list of the items behind. */
export function explainUrl(snapshot: string, metric: string, params: Params, format?: 'csv'): string {
  const search = searchText(format ? { ...params, format } : params)
  return `${metricUrl(snapshot, metric, {})}/explain${search ? `?${search}` : ''}`
}

/** How an answer came about; never grows old, as the answer itself. The last page of items stays while the next is on its way. */
export function explainQuery(snapshot: string, metric: string, params: Params) {
  return queryOptions<Explanation, RequestError>({
    queryKey: ['explain', snapshot, metric, params],
    queryFn: async ({ signal }) => {
      const response = await request(explainUrl(snapshot, metric, params), { signal, accept: 'application/json' })
      return (await response.json()) as Explanation
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: retryPassing,
  })
}
