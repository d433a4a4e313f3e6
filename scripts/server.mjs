import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { STANDALONE } from './build.mjs'
import { ROOT } from './paths.mjs'

const READY_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 5_000

/**
 * Starts the production server in a process that never outlives this one.
 * @param {{ host: string, port: number, data: string, folder?: string, output?: 'inherit' | 'ignore' | number }} options
 * @returns {Promise<{ url: string, exited: Promise<number>, stop: () => Promise<void> }>} once it answers
 */
export async function startServer({ host, port, data, folder = STANDALONE, output = 'inherit' }) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/standalone.mjs'), join(folder, 'server.js')], {
    cwd: folder,
    env: {
      // DuckDB's queries and the file system share libuv's threads; with Node's four, a few queries hold up every file.
      UV_THREADPOOL_SIZE: '8',
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      HOSTNAME: host,
      STREAMGAUGE_DATA: data,
    },
    stdio: ['ignore', output, output, 'ipc'],
  })
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await Promise.race([exited, delay(STOP_WITHIN_MS, undefined, { ref: false })])
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  }
  const url = `http://${host.includes(':') ? `[${host}]` : reachable(host)}:${port}`
  const isReady = await Promise.race([answers(url), exited.then(() => false)])
  if (!isReady) {
    await stop()
    throw new Error(`The server in ${folder} did not start: what it said stands above`)
  }
  return { url, exited, stop }
}

function reachable(host) {
  return host === '0.0.0.0' ? '127.0.0.1' : host
}

async function answers(url) {
  const end = performance.now() + READY_WITHIN_MS
  while (performance.now() < end) {
    try {
      await fetch(`${url}/api/snapshots/current`, { signal: AbortSignal.timeout(10_000) })
      return true
    } catch {
      await delay(100)
    }
  }
  return false
}
