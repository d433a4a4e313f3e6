import { wholeBody } from '@/app/_server/http/body'
import { answerImmutable } from '@/app/_server/http/immutable'
import { answering } from '@/app/_server/http/problem-response'
import { openSnapshot, redirectCurrent } from '@/app/_server/http/snapshot'
import { withoutSources } from '@/lib/snapshot/summary'

export const dynamic = 'force-dynamic'

/** The configuration that a snapshot was built with, without its sources. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answering(request, async () => {
    const { id } = await params
    const redirect = await redirectCurrent(request, id)
    if (redirect) return redirect
    const { manifest } = await openSnapshot(id)
    return answerImmutable({
      request,
      identity: [id, 'portfolio'],
      contentType: 'application/json; charset=utf-8',
      make: async () => wholeBody(new TextEncoder().encode(`${JSON.stringify(withoutSources(manifest.portfolio))}\n`)),
    })
  })
}
