import { answering } from '@/app/_server/http/problem-response'
import { parts } from '@/app/_server/parts'
import { summarise } from '@/lib/snapshot/summary'

export const dynamic = 'force-dynamic'

/** All snapshots, newest first. */
export function GET(request: Request) {
  return answering(request, async () => {
    const { store } = parts()
    const [manifests, currentId] = await Promise.all([store.list(), store.currentId()])
    const snapshots = manifests.map((manifest) => summarise(manifest, currentId))
    return Response.json({ snapshots }, { headers: { 'cache-control': 'no-cache' } })
  })
}
