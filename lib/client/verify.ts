import { queryOptions } from '@tanstack/react-query'
import type { Verification } from '../metrics/verify/verify'
import { type RequestError, request } from './problem-error'

/** The checks of a snapshot; `kept`: only when they were run before, else null at once. */
export function verifyQuery(snapshot: string, { kept }: { kept: boolean }) {
  const address = `/api/snapshots/${encodeURIComponent(snapshot)}/verify${kept ? '?kept=true' : ''}`
  return queryOptions<Verification | null, RequestError>({
    queryKey: ['verify', snapshot, kept],
    queryFn: async ({ signal }) => {
      const response = await request(address, { signal, accept: 'application/json' })
      return response.status === 204 ? null : ((await response.json()) as Verification)
    },
    // Files may be touched at any time, so the server decides whether a result still holds.
    staleTime: 0,
    retry: false,
  })
}
