import { answering } from '@/app/_server/http/problem-response'
import { describeMetric } from '@/lib/metrics/describe'
import { METRICS } from '@/lib/metrics/registry'

export const dynamic = 'force-dynamic'

/** Every metric with its definition, parameters and columns. */
export function GET(request: Request) {
  return answering(request, async () =>
    Response.json({ metrics: METRICS.map(describeMetric) }, { headers: { 'cache-control': 'no-cache' } }),
  )
}
