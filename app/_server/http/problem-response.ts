import { randomUUID } from 'node:crypto'
import { log } from '@/lib/log'
import { Problem } from '@/lib/problem'
import { parts } from '../parts'

/** Runs a handler and turns whatever it throws into an RFC 9457 problem. */
export async function answering(request: Request, handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler()
  } catch (error) {
    return problemResponse(error, request)
  }
}

/** The server reached a limit that it was given: nothing failed, and the detail says what can be done. */
const LIMITS = ['busy', 'out-of-memory']
const RETRY_AFTER_SECONDS = '3'

/** Faults of the question are told in full; failures of ours carry an id under which everything about them is logged. */
function problemResponse(error: unknown, request: Request): Response {
  const problem = asProblem(error, request)
  const isTold = problem.status < 500 || LIMITS.includes(problem.code)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  if (problem.code === 'busy') headers.set('retry-after', RETRY_AFTER_SECONDS)
  return Response.json(isTold ? problem.toBody() : concealed(problem, error, request), { status: problem.status, headers })
}

function asProblem(error: unknown, request: Request): Problem {
  if (error instanceof Problem) return error
  if (request.signal.aborted) return new Problem('cancelled', 'The request was cancelled before its answer was ready', { status: 499 })
  return new Problem('internal', 'Something went wrong inside Streamgauge', { status: 500, cause: error })
}

function concealed(problem: Problem, error: unknown, request: Request) {
  const id = randomUUID()
  const { pathname, search } = new URL(request.url)
  log.error({ id, err: error, cause: problem.cause, address: `${pathname}${search}`.slice(0, 2000) }, problem.title)
  const told = parts().environment.isDevelopment ? problem.message : `It was logged as ${id}`
  return { ...problem.toBody(), detail: told, faults: [], instance: `urn:uuid:${id}` }
}
