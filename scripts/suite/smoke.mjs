import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { tableFromIPC } from 'apache-arrow'
import { STANDALONE } from '../build.mjs'
import { ROOT } from '../paths.mjs'
import { freePort, portFault } from '../port.mjs'
import { startServer } from '../server.mjs'
import { API_CHECKS } from './api-checks.mjs'

const HOST = '127.0.0.1'

/** Whether what would be put on a server answers from data in the folder, and ends as it should. */
export async function smoke(data) {
  const server = await startServer({ host: HOST, port: await freePort(), data, output: 'inherit' })
  const results = []
  try {
    for (const [name, check] of Object.entries({ ...CHECKS, ...API_CHECKS })) results.push(await outcome(name, () => check(server.url)))
  } finally {
    await server.stop()
  }
  for (const [name, check] of Object.entries(STARTING)) results.push(await outcome(name, () => check(data)))
  const notes = results.filter(({ fault }) => fault).map(({ name, fault }) => `${name}: ${fault}`)
  return { passed: results.length - notes.length, failed: notes.length, notes }
}

const CHECKS = {
  'the database library lies in the build': () => {
    const folder = join(STANDALONE, 'node_modules/@duckdb')
    const files = readdirSync(folder, { recursive: true }).map(String)
    assert.ok(
      files.some((file) => /(libduckdb\.(so|dylib)|duckdb\.dll)$/.test(file)),
      `no libduckdb in ${folder}`,
    )
  },
  'no data lies in the build': () => {
    for (const folder of ['data', 'scripts']) assert.ok(!existsSync(join(STANDALONE, folder)), `${folder}/ was copied into the build`)
  },
  'the portfolio page comes rendered': async (url) => {
    const response = await fetch(url)
    assert.equal(response.status, 200)
    assert.match(await response.text(), /<h1[\s>]/)
  },
  'its scripts and styles are served': async (url) => {
    const html = await (await fetch(url)).text()
    const assets = [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, path]) => path)
    assert.ok(assets.length > 2, 'the page names no scripts')
    for (const path of new Set(assets)) assert.equal((await fetch(url + path)).status, 200, path)
  },
  'a file of public/ is served': async (url) => {
    assert.equal((await fetch(`${url}/portfolio.schema.json`)).status, 200)
  },
  'the current snapshot is known': async (url) => {
    const { id, item_count } = await currentSnapshot(url)
    assert.match(id, /^[0-9a-f]{20}$/)
    assert.ok(item_count > 1000)
  },
  'a metric comes as Arrow': async (url) => {
    const { id } = await currentSnapshot(url)
    const response = await fetch(`${url}/api/snapshots/${id}/metrics/throughput?grain=month`)
    assert.equal(response.headers.get('content-type'), 'application/vnd.apache.arrow.stream')
    assert.match(response.headers.get('cache-control') ?? '', /immutable/)
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()))
    assert.ok(table.numRows > 30, `${table.numRows} rows`)
    assert.ok(table.schema.fields.some((field) => field.name === 'item_count'))
  },
  'a metric that there is not is a problem, in words': async (url) => {
    const { id } = await currentSnapshot(url)
    const response = await fetch(`${url}/api/snapshots/${id}/metrics/throughputt`)
    assert.equal(response.status, 404)
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.match(await response.text(), /throughput/)
  },
}

const STARTING = {
  'npm start serves, and nothing is left when it is killed': async (data) => {
    const port = await freePort()
    const start = startProcess(port, data)
    await untilLine(start, new RegExp(`http://localhost:${port}`))
    assert.equal((await fetch(`http://${HOST}:${port}/api/snapshots/current`)).status, 200)
    start.kill('SIGKILL')
    await untilFree(port)
  },
  'npm start ends at once when it is asked to': async (data) => {
    const port = await freePort()
    const start = startProcess(port, data)
    await untilLine(start, /http:\/\/localhost/)
    start.kill('SIGTERM')
    await untilFree(port)
  },
  'npm start says what to do when the port is taken': async (data) => {
    const port = await freePort()
    const first = startProcess(port, data)
    try {
      await untilLine(first, /http:\/\/localhost/)
      const second = startProcess(port, data)
      const [said, [code]] = await Promise.all([text(second.stderr), once(second, 'exit')])
      assert.match(said, new RegExp(`${port}[\\s\\S]*--port`))
      assert.equal(code, 1)
    } finally {
      first.kill('SIGTERM')
      await untilFree(port)
    }
  },
}

async function outcome(name, check) {
  try {
    await check()
    process.stdout.write(`ok    ${name}\n`)
    return { name }
  } catch (error) {
    process.stdout.write(`FAIL  ${name}: ${error.stack ?? error}\n`)
    return { name, fault: String(error.message).split('\n')[0] }
  }
}

async function currentSnapshot(url) {
  const response = await fetch(`${url}/api/snapshots/current`)
  assert.equal(response.status, 200)
  return response.json()
}

function startProcess(port, data) {
  const args = [join(ROOT, 'scripts/start.mjs'), '--no-install', '--no-build', '--port', String(port), '--data', data]
  const { npm_lifecycle_event: _, PORT: __, HOSTNAME: ___, ...env } = process.env
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function untilLine(child, pattern) {
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  for await (const chunk of child.stdout) {
    said += chunk
    if (pattern.test(said)) return
  }
  throw new Error(`ended without ${pattern}: ${said}`)
}

async function untilFree(port) {
  const end = performance.now() + 8_000
  while (performance.now() < end) {
    if ((await portFault(HOST, port)) === undefined) return
    await delay(100)
  }
  throw new Error(`port ${port} is still held 8 s after its starter ended`)
}
