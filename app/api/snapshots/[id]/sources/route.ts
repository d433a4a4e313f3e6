import { askerOf } from '@/app/_server/http/asker'
import { answering } from '@/app/_server/http/problem-response'
import { openSnapshot, redirectCurrent } from '@/app/_server/http/snapshot'
import { parts } from '@/app/_server/parts'
import { provenance } from '@/lib/metrics/verify/provenance'

export const dynamic = 'force-dynamic'

/** What a snapshot was made from, what stayed behind, and which snapshots there are. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answering(request, async () => {
    const { id } = await params
    const redirect = await redirectCurrent(request, id)
    if (redirect) return redirect
    const { store, engine } = parts()
    const [snapshot, all, currentId] = await Promise.all([openSnapshot(id), store.list(), store.currentId()])
    const found = await provenance(await engine(askerOf(request)), snapshot, { all, currentId, signal: request.signal })
    return Response.json(found, { headers: { 'cache-control': 'no-cache' } })
  })
}
