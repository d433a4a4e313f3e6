import { answerExplanation } from '@/app/_server/http/explain-answer'
import { answering } from '@/app/_server/http/problem-response'
import { openSnapshot, redirectCurrent } from '@/app/_server/http/snapshot'

export const dynamic = 'force-dynamic'

/** How the answer of a metric came about: definition, parameters, SQL, the items behind it and those left out. */
export function GET(request: Request, { params }: { params: Promise<{ id: string; metric: string }> }) {
  return answering(request, async () => {
    const { id, metric } = await params
    const redirect = await redirectCurrent(request, id)
    return redirect ?? answerExplanation(request, await openSnapshot(id), metric)
  })
}
