import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'
import { endWithNpm } from './parent.mjs'
import { dataFolder } from './paths.mjs'
import { portFault } from './port.mjs'
import { nodeStep } from './step.mjs'

const USAGE = `Usage: npm start -- [options]
  --port <n>     port to listen on (default: PORT, else 3000)
  --host <name>  address to listen on (default: HOSTNAME, else 127.0.0.1; 0.0.0.0 for the whole network)
  --data <dir>   data folder (default: STREAMGAUGE_DATA, else data in the project)
  --no-install   take the installed packages as they are
  --no-build     take the built pages as they are
`

requireNode()
endWithNpm()
if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
const { host, port, data, mayInstall, mayBuild } = readOptions()
await requirePort(host, port)
if (mayInstall) await ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
if (mayBuild && !(await ensureBuilt())) stop('The pages could not be built: what is wrong stands above.')
if (!existsSync(join(data, 'snapshots/current'))) await makeDemo()
await serve()

function readOptions() {
  let given
  try {
    given = parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'no-install': { type: 'boolean' },
        'no-build': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    stop(`${error.message}\n${USAGE}`)
  }
  if (given.help) {
    process.stdout.write(USAGE)
    process.exit(0)
  }
  const text = given.port ?? (process.env.PORT || '3000')
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535)
    stop(`The port must be a number from 1 to 65535, not "${text}".`)
  const [mayInstall, mayBuild] = [!given['no-install'], !given['no-build']]
  return { port: Number(text), host: given.host ?? defaultHost(), data: dataFolder(given.data), mayInstall, mayBuild }
}

// Shells and containers set HOSTNAME to the machine's own name. That is nobody's wish to listen there.
function defaultHost() {
  const named = process.env.HOSTNAME
  return !named || named === hostname() ? '127.0.0.1' : named
}

async function requirePort(host, port) {
  const fault = await portFault(host, port)
  if (fault === undefined) return
  const other = `npm start -- --port ${port === 65_535 ? 3000 : port + 1}`
  if (fault === 'EADDRINUSE') {
    const who = (await isStreamgauge(host, port)) ? 'a Streamgauge that already runs: open it, or stop it' : 'another program: stop it'
    stop(`Port ${port} of ${host} is taken by ${who}, or take another port: ${other}`)
  }
  stop(`Port ${port} of ${host} can't be listened on (${fault}). Name another: ${other}`)
}

async function isStreamgauge(host, port) {
  try {
    const answer = await fetch(`http://${host}:${port}/api/snapshots`, { signal: AbortSignal.timeout(2_000) })
    return Array.isArray((await answer.json()).snapshots)
  } catch {
    return false
  }
}

async function makeDemo() {
  process.stdout.write(`No snapshot in ${relative(process.cwd(), data) || data} yet: making the demo portfolio\n`)
  const code = await nodeStep([join(import.meta.dirname, 'streamgauge.mjs'), 'demo', '--data', data])
  if (code !== 0) stop('The demo portfolio could not be made: what is wrong stands above.')
}

async function serve() {
  const { startServer } = await import('./server.mjs')
  const server = await startServer({ host, port, data }).catch((error) => stop(error.message))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => server.stop())
  process.stdout.write(`Streamgauge: ${server.url.replace('//127.0.0.1:', '//localhost:')} (stop with Ctrl-C)\n`)
  process.exitCode = await server.exited
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
