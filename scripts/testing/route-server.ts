import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { GET as unknown } from '@/app/api/[...rest]/route'
import { GET as health } from '@/app/api/health/route'
import { GET as metrics } from '@/app/api/metrics/route'
import { GET as openapi } from '@/app/api/openapi.json/route'
import { GET as explain } from '@/app/api/snapshots/[id]/metrics/[metric]/explain/route'
import { GET as metric } from '@/app/api/snapshots/[id]/metrics/[metric]/route'
import { GET as portfolio } from '@/app/api/snapshots/[id]/portfolio/route'
import { GET as sources } from '@/app/api/snapshots/[id]/sources/route'
import { GET as verify } from '@/app/api/snapshots/[id]/verify/route'
import { GET as current } from '@/app/api/snapshots/current/route'
import { GET as snapshots } from '@/app/api/snapshots/route'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** The routes in Next's order: a fixed name before a variable one. */
const ROUTES: readonly (readonly [RegExp, unknown])[] = [
  [/^\/api\/health$/, health],
  [/^\/api\/metrics$/, metrics],
  [/^\/api\/openapi\.json$/, openapi],
  [/^\/api\/snapshots$/, snapshots],
  [/^\/api\/snapshots\/current$/, current],
  [/^\/api\/snapshots\/(?<id>[^/]+)\/portfolio$/, portfolio],
  [/^\/api\/snapshots\/(?<id>[^/]+)\/metrics\/(?<metric>[^/]+)$/, metric],
  [/^\/api\/snapshots\/(?<id>[^/]+)\/metrics\/(?<metric>[^/]+)\/explain$/, explain],
  [/^\/api\/snapshots\/(?<id>[^/]+)\/sources$/, sources],
  [/^\/api\/snapshots\/(?<id>[^/]+)\/verify$/, verify],
  [/^\/api\//, unknown],
]

/** Serves the API's own routes over real sockets, without the rest of Next: quick to start, and a closed socket aborts the request. */
export async function startRoutes(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) }
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort()
  })
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method,
    headers: incoming.headers as Record<string, string>,
    signal: controller.signal,
  })
  const { pathname } = new URL(request.url)
  const [pattern, handler] = ROUTES.find(([candidate]) => candidate.test(pathname)) ?? [/^/, unknown]
  const params = Object.fromEntries(
    Object.entries(pattern.exec(pathname)?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
  )
  const response = await (handler as Handler)(request, { params: Promise.resolve(params) })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body && request.method !== 'HEAD') Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]).pipe(outgoing)
  else outgoing.end()
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
