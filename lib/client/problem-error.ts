import type { ProblemBody } from '@/lib/problem'

/** A request that failed, in words for a person. `body` is the server's own problem; absent when no answer came. */
export class RequestError extends Error {
  readonly status: number
  readonly body: ProblemBody | undefined

  constructor(message: string, options: { status: number; body?: ProblemBody; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'RequestError'
    this.status = options.status
    this.body = options.body
  }

  /** Whether the same request may succeed later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** fetch that throws RequestError: status 0 when the server can't be reached. An abort passes through. */
export async function request(url: string, init: { signal?: AbortSignal; accept: string }): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { signal: init.signal, headers: { accept: init.accept } })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new RequestError('The server can’t be reached.', { status: 0, cause: error })
  }
  if (response.ok) return response
  throw await problemOf(response)
}

async function problemOf(response: Response): Promise<RequestError> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) return new RequestError(body.title, { status, body })
  return new RequestError(`The server answered ${status}.`, { status })
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'title' in body && 'detail' in body && 'faults' in body
}
