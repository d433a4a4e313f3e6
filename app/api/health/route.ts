import { askerOf } from '@/app/_server/http/asker'
import { answering } from '@/app/_server/http/problem-response'
import { parts } from '@/app/_server/parts'
import { ping } from '@/lib/engine/ping'
import packageJson from '@/package.json'

export const dynamic = 'force-dynamic'

/** Whether questions can be answered: asks the engine one. And how late the event loop was lately, in ms. */
export function GET(request: Request) {
  return answering(request, async () => {
    const engine = await parts().engine(askerOf(request))
    await ping(engine, request.signal)
    const snapshot = (await parts().store.currentId()) ?? null
    const health = { status: 'ok', version: packageJson.version, snapshot, eventLoopDelay: parts().eventLoop.read() }
    return Response.json(health, { headers: { 'cache-control': 'no-store' } })
  })
}
