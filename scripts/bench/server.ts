import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const SCRIPTS = path.resolve(import.meta.dirname, '..')

/** A server that runs. */
export interface Served {
  readonly url: string
  /** Known of a server that was started here, where the system tells. */
  readonly pid?: number
  stop(): Promise<void>
}

/** A server that is starting: its address holds already, and nothing answers there yet. */
interface Starting {
  readonly url: string
  /** When the process was started, as `performance.now()` counts. */
  readonly startedAt: number
  readonly ready: Promise<Served>
}

/** Starts the production server as it was last built. @throws where nothing is built */
export async function startProduction(data: string): Promise<Starting> {
  const { STANDALONE } = await script<{ STANDALONE: string }>('build.mjs')
  if (!existsSync(path.join(STANDALONE, 'server.js')))
    throw new Error('Nothing is built yet: "npm run build" builds the server that is to be measured')
  const { startServer } = await script<{ startServer(options: object): Promise<Served> }>('server.mjs')
  const { freePort } = await script<{ freePort(): Promise<number> }>('port.mjs')
  const known = new Set(children())
  const port = await freePort()
  const startedAt = performance.now()
  const starting = startServer({ host: '127.0.0.1', port, data, output: 'ignore' })
  const ready = starting.then((server) => ({
    url: server.url,
    pid: children().find((pid) => !known.has(pid)),
    stop: () => server.stop(),
  }))
  return { url: `http://127.0.0.1:${port}`, startedAt, ready }
}

/** Resident memory, where the system tells. */
export function memoryMb(pid: number | undefined): number | undefined {
  if (pid === undefined || !existsSync(`/proc/${pid}/status`)) return undefined
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024)
}

/** The scripts that start the product have no types. */
async function script<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.join(SCRIPTS, name)).href)) as T
}

/** Processes that this one started, where the system tells. */
function children(): number[] {
  const tasks = '/proc/self/task'
  if (!existsSync(tasks)) return []
  return readdirSync(tasks).flatMap((task) => {
    const text = readFileSync(path.join(tasks, task, 'children'), 'utf8').trim()
    return text ? text.split(' ').map(Number) : []
  })
}
