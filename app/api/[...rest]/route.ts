import { answering } from '@/app/_server/http/problem-response'
import { Problem, showValue } from '@/lib/problem'

export const dynamic = 'force-dynamic'

/** Addresses that mean nothing get a problem, not a page. */
export function GET(request: Request) {
  return answering(request, async () => {
    const { pathname } = new URL(request.url)
    throw new Problem('unknown-address', 'There is nothing at this address', {
      status: 404,
      faults: [{ where: 'address', message: 'see /api/openapi.json for what there is', value: showValue(pathname) }],
    })
  })
}
