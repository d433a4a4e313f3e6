import { answerMetric } from '@/app/_server/http/metric-answer'
import { answering } from '@/app/_server/http/problem-response'
import { openSnapshot, redirectCurrent } from '@/app/_server/http/snapshot'

export const dynamic = 'force-dynamic'

/** The answer of a metric: Arrow by default, JSON and CSV on request. */
export function GET(request: Request, { params }: { params: Promise<{ id: string; metric: string }> }) {
  return answering(request, async () => {
    const { id, metric } = await params
    const redirect = await redirectCurrent(request, id)
    return redirect ?? answerMetric(request, await openSnapshot(id), metric)
  })
}
