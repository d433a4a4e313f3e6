import { setTimeout as delay } from 'node:timers/promises'
import type { AnswerCache } from '@/lib/engine/answer-cache'
import { log } from '@/lib/log'
import { parts } from '../parts'

interface Wanted<T extends { readonly byteLength: number }> {
  /** For the log. */
  readonly name: string
  readonly key: string
  readonly kept: AnswerCache<T>
  readonly make: (signal: AbortSignal) => Promise<T>
  /** So long the page waits, ms. */
  readonly wait: number
}

/** So long goes on what was begun, ms, though the page has stopped waiting: its browser asks for the same, and so does the next load. */
const GOES_ON = 10_000

/** What is kept or can be made soon; undefined when it comes too late or not at all. What comes too late is kept for the next. */
export function soon<T extends { readonly byteLength: number }>({ name, key, kept, make, wait }: Wanted<T>): Promise<T | undefined> {
  const signal = AbortSignal.timeout(GOES_ON)
  const made = parts().environment.isDevelopment ? make(signal) : kept.get(key, make, signal)
  const told = made.catch((error: unknown) => {
    log.debug({ err: error, name }, 'not there at first')
    return undefined
  })
  return Promise.race([told, delay(wait, undefined, { ref: false })])
}
