import { answering } from '@/app/_server/http/problem-response'
import { openApiDocument } from '@/app/_server/openapi'

export const dynamic = 'force-dynamic'

/** The description of this API. */
export function GET(request: Request) {
  return answering(request, async () => Response.json(openApiDocument(), { headers: { 'cache-control': 'no-cache' } }))
}
