import type { Params } from '@/lib/client/scope'

/** A question to a metric that a number or a picture was made with. */
export interface AskedMetric {
  readonly metric: string
  /** Parameters of its own, over those of the scope. */
  readonly params: Params
  /** What it gives here, where a picture is made of several. */
  readonly label?: string
  /** How the number follows from the answer, where it is not the answer itself. */
  readonly about?: string
  /** true: only the as-of date of the scope holds, as for a KPI. */
  readonly unscoped?: boolean
}

/** What "How is this computed?" is asked about. */
export interface ExplainQuestion {
  readonly title: string
  /** The main one first. */
  readonly asked: readonly AskedMetric[]
}

/** Takes a question out of an address; what can mean nothing is none. */
export function questionOf(value: unknown): ExplainQuestion | null {
  const { title, asked } = (value ?? {}) as Partial<ExplainQuestion>
  const isKnown = typeof title === 'string' && Array.isArray(asked) && asked.length > 0 && asked.every(isAsked)
  return isKnown ? { title, asked } : null
}

function isAsked(value: unknown): value is AskedMetric {
  const { metric, params } = (value ?? {}) as Partial<AskedMetric>
  if (typeof metric !== 'string' || typeof params !== 'object' || params === null) return false
  return /^[a-z][a-z-]*$/.test(metric) && Object.values(params).every((text) => typeof text === 'string')
}
