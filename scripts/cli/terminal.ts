import { faultText, Problem } from '@/lib/problem'

/** Standard output carries only the answer. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Everything that is not the answer goes to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Progress: one line that is rewritten on a terminal, plain lines elsewhere. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY
  #last = ''

  readonly report = (message: string): void => {
    if (message === this.#last) return
    this.#last = message
    if (this.#isTerminal) process.stderr.write(`\r\u001b[K${message.slice(0, (process.stderr.columns ?? 80) - 1)}`)
    else process.stderr.write(`${message}\n`)
  }

  done(): void {
    if (this.#isTerminal && this.#last) process.stderr.write('\r\u001b[K')
    this.#last = ''
  }
}

/** Says what went wrong, in plain words where it was expected, and makes the process fail. */
export function fail(error: unknown): void {
  process.exitCode = 1
  if (error instanceof Problem) say(error.toText())
  else if (error instanceof AggregateError) for (const inner of error.errors) fail(inner)
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** A mistake in what was typed. */
export function misuse(where: string, message: string, allowed?: readonly string[]): Problem {
  return new Problem('usage', faultText({ where, message, allowed }))
}

/** `12,345`, the same on every machine. */
function count(value: number): string {
  return value.toLocaleString('en')
}

/** `1 row`, `12,345 rows`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

const INTERRUPTED = 130

/** Cleans up and ends the process at once when it is interrupted. @returns what takes the watch off again */
export function whenInterrupted(cleanUp: () => void): () => void {
  const stop = () => {
    cleanUp()
    process.stderr.write('\nInterrupted: nothing was published\n')
    process.exit(INTERRUPTED)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
