import { answering } from '@/app/_server/http/problem-response'
import { parts } from '@/app/_server/parts'
import { summarise } from '@/lib/snapshot/summary'

export const dynamic = 'force-dynamic'

/** The snapshot that is served now. */
export function GET(request: Request) {
  return answering(request, async () => {
    const { id, manifest } = await parts().store.current()
    return Response.json(summarise(manifest, id), { headers: { 'cache-control': 'no-cache' } })
  })
}
