import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'

/** The snapshot of an address; gone as soon as it was pruned. @throws Problem `unknown-snapshot` (404) */
export function openSnapshot(id: string): Promise<Snapshot> {
  return parts().store.open(id)
}

/** For people: `current` in an address leads to the same address with the snapshot's id; `undefined` for any other id. */
export async function redirectCurrent(request: Request, id: string): Promise<Response | undefined> {
  if (id !== 'current') return undefined
  const current = await parts().store.current()
  const { pathname, search } = new URL(request.url)
  const location = pathname.replace('/snapshots/current/', `/snapshots/${current.id}/`) + search
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}
