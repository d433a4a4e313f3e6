import { memoryMb, type Served } from './server'

const EVERY_SECONDS = 5
/** A server's own figures look back so far: asked earlier they would tell of the time before. */
const LOOKS_BACK_SECONDS = 30

/** What was seen of a server under load. */
export interface Seen {
  /** Resident memory at the start, every few seconds, and at the end; absent where it isn't known. */
  readonly memoryMb?: readonly number[]
  /** Highest 99th percentile of the event loop's delay that it told, in ms; absent where it does not tell. */
  readonly eventLoopP99?: number
}

/** Watches a server until the returned function is called. */
export function watchServer({ url, pid }: Served): () => Promise<Seen> {
  const memory = [memoryMb(pid)]
  const delays: Promise<number | undefined>[] = []
  const timer = setInterval(() => {
    memory.push(memoryMb(pid))
    if (memory.length * EVERY_SECONDS > LOOKS_BACK_SECONDS && memory.length % 3 === 0) delays.push(eventLoopDelay(url))
  }, EVERY_SECONDS * 1_000)
  return async () => {
    clearInterval(timer)
    const told = await Promise.all([...delays, eventLoopDelay(url)])
    const known = told.filter((delay) => delay !== undefined)
    const sizes = [...memory, memoryMb(pid)].filter((size) => size !== undefined)
    return { ...(sizes.length ? { memoryMb: sizes } : {}), ...(known.length ? { eventLoopP99: Math.max(...known) } : {}) }
  }
}

async function eventLoopDelay(url: string): Promise<number | undefined> {
  const health = await fetch(`${url}/api/health`)
    .then((response) => response.json() as Promise<{ eventLoopDelay?: { p99?: unknown } }>)
    .catch(() => undefined)
  const p99 = health?.eventLoopDelay?.p99
  return typeof p99 === 'number' ? p99 : undefined
}
