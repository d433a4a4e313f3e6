import { queryOptions } from '@tanstack/react-query'
import type { Provenance } from '../metrics/verify/provenance'
import { type RequestError, request } from './problem-error'
import { retryPassing } from './queries'

/** Where the figures of a snapshot come from. */
export function sourcesQuery(snapshot: string) {
  return queryOptions<Provenance, RequestError>({
    queryKey: ['sources', snapshot],
    queryFn: async ({ signal }) => {
      const response = await request(`/api/snapshots/${encodeURIComponent(snapshot)}/sources`, { signal, accept: 'application/json' })
      return (await response.json()) as Provenance
    },
    staleTime: 0,
    retry: retryPassing,
  })
}
