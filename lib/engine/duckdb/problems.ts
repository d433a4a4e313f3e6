import { Problem } from '../../problem'
import { QueueFull } from '../fair-queue'

export function cancelled(): Problem {
  return new Problem('cancelled', 'The request was cancelled before its answer was ready', { status: 499 })
}

export function tooSlow(seconds: number, cause: unknown): Problem {
  return new Problem('too-slow', `This question takes longer than the ${seconds} seconds that a query may take`, {
    status: 422,
    detail: 'Narrow it: fewer streams, a shorter period, no grouping. Who runs the server can allow more with STREAMGAUGE_QUERY_SECONDS',
    cause,
  })
}

/** Whatever went wrong with a query, in words for a person. */
export function queryProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof QueueFull) {
    return new Problem('busy', 'More questions are waiting than can be answered within reason', {
      status: 503,
      detail: 'Ask again in a few seconds. Who runs the server can let more of them wait with STREAMGAUGE_QUEUE',
    })
  }
  const text = error instanceof Error ? error.message : String(error)
  if (/^Out of Memory/i.test(text)) {
    return new Problem('out-of-memory', 'This question needs more memory than a query may use: narrow its scope', {
      status: 503,
      detail: 'Narrow it: fewer streams, a shorter period, no grouping. Who runs the server can allow more with STREAMGAUGE_MEMORY',
      cause: error,
    })
  }
  return new Problem('query-failed', 'The query failed inside the engine', {
    status: 500,
    detail: text.split('\n')[0] ?? text,
    cause: error,
  })
}
