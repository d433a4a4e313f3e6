import { answering } from '@/app/_server/http/problem-response'
import { openSnapshot, redirectCurrent } from '@/app/_server/http/snapshot'
import { answerVerification } from '@/app/_server/http/verify-answer'

export const dynamic = 'force-dynamic'

/** Every check of a snapshot with its figures. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  return answering(request, async () => {
    const { id } = await params
    const redirect = await redirectCurrent(request, id)
    return redirect ?? answerVerification(request, await openSnapshot(id))
  })
}
