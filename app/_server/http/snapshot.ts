import { access } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '@/lib/problem'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'

/** The snapshot of an address, also when it was opened before and has been pruned since. @throws Problem `unknown-snapshot` (404) */
export async function openSnapshot(id: string): Promise<Snapshot> {
  const snapshot = await parts().store.open(id)
  try {
    await access(path.join(snapshot.folder, 'manifest.json'))
  } catch (error) {
    throw new Problem('unknown-snapshot', 'There is no such snapshot any more', { status: 404, cause: error })
  }
  return snapshot
}

/** For people: `current` in an address leads to the same address with the snapshot's id; `undefined` for any other id. */
export async function redirectCurrent(request: Request, id: string): Promise<Response | undefined> {
  if (id !== 'current') return undefined
  const current = await parts().store.current()
  const { pathname, search } = new URL(request.url)
  const location = pathname.replace('/snapshots/current/', `/snapshots/${current.id}/`) + search
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}
