/** One thing that is wrong with an input: where it stands, what was given, what is allowed. */
export interface Fault {
  /** Where: a parameter's name, or file and path inside it. */
  readonly where: string
  readonly message: string
  /** The offending value as text, cut to a readable length. */
  readonly value?: string
  /** Allowed or nearest values. */
  readonly allowed?: readonly string[]
}

export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly faults: readonly Fault[]
}

const LONGEST_VALUE = 120
const BRAND = Symbol.for('streamgauge.problem')

/** An expected failure that is told to a person: RFC 9457 on the web, plain lines on a terminal. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly faults: readonly Fault[]
  readonly [BRAND] = true

  /** A web server bundles pages and routes apart, each with a copy of this class: `instanceof` holds for all of them. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value
  }

  constructor(code: string, title: string, options: { status?: number; detail?: string; faults?: readonly Fault[]; cause?: unknown } = {}) {
    super(options.detail ?? title, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.title = title
    this.status = options.status ?? 400
    this.faults = options.faults ?? []
  }

  /** The RFC 9457 body. */
  toBody(): ProblemBody {
    return {
      type: `https://streamgauge.dev/problems/${this.code}`,
      title: this.title,
      status: this.status,
      detail: this.message,
      faults: this.faults,
    }
  }

  /** Lines for a terminal: title, detail where it says more, then a line per fault. */
  toText(): string {
    const lines = this.message === this.title ? [this.title] : [this.title, this.message]
    for (const fault of this.faults) lines.push(`  ${faultText(fault)}`)
    return lines.join('\n')
  }
}

/** `where: message (value; allowed: …)` in one line. */
export function faultText(fault: Fault): string {
  const notes: string[] = []
  if (fault.value !== undefined) notes.push(`got ${fault.value}`)
  if (fault.allowed?.length) notes.push(`allowed: ${fault.allowed.join(', ')}`)
  const tail = notes.length ? ` (${notes.join('; ')})` : ''
  return `${fault.where}: ${fault.message}${tail}`
}

/** A value as it may be shown in a message: JSON-like, cut to a readable length. */
export function showValue(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value))
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text
}
