import { execFile, spawn } from 'node:child_process'
import { chownSync, closeSync, existsSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const START_WITHIN_MS = 60_000
const STOP_WITHIN_MS = 30_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PROGRAMS = ['initdb', 'postgres', 'pg_isready', 'psql']
const PACKAGED = '/usr/lib/postgresql'

/** What an analytical database of this size would be given by who looks after it. */
const SETTINGS = {
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  work_mem: '256MB',
  maintenance_work_mem: '1GB',
  max_wal_size: '8GB',
  max_worker_processes: '8',
  max_parallel_workers: '4',
  max_parallel_workers_per_gather: '2',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'off',
  autovacuum: 'off',
  statement_timeout: '120s',
}

export interface PostgresServer {
  readonly bin: string
  readonly socketFolder: string
  readonly user: string
  /** Whether its data folder was made just now. */
  readonly isNew: boolean
  stop(): Promise<void>
}

/** Starts a PostgreSQL of its own on a socket of its own. It refuses to run as root: then a user without rights runs it. @throws where none is installed */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const bin = await findBin()
  if (!bin) throw new Error('no PostgreSQL on PATH or among the system packages')
  const account = unprivileged()
  const socketFolder = await mkdtemp(path.join(tmpdir(), 'sg-bench-pg-'))
  const data = path.join(folder, 'data')
  const isNew = !existsSync(path.join(data, 'PG_VERSION'))
  await mkdir(folder, { recursive: true })
  if (account) for (const place of [folder, socketFolder]) chownSync(place, account.uid, account.gid)
  const options = { ...account, cwd: socketFolder }
  if (isNew) {
    await run(path.join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], options)
  }
  const settings = Object.entries({ ...SETTINGS, listen_addresses: '', unix_socket_directories: socketFolder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const log = openSync(path.join(folder, 'server.log'), 'a')
  const child = spawn(path.join(bin, 'postgres'), ['-D', data, ...settings], { ...options, stdio: ['ignore', log, log] })
  closeSync(log)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = () => child.kill('SIGQUIT')
  process.once('exit', end)
  // Without a listener a signal ends this process and no exit is told.
  const interrupted = () => process.exit(130)
  for (const signal of SIGNALS) process.once(signal, interrupted)
  const stop = async () => {
    process.off('exit', end)
    for (const signal of SIGNALS) process.off(signal, interrupted)
    child.kill('SIGINT')
    await Promise.race([exited, delay(STOP_WITHIN_MS, undefined, { ref: false })])
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT')
    await rm(socketFolder, { recursive: true, force: true })
  }
  const until = performance.now() + START_WITHIN_MS
  while (!(await isReady(bin, socketFolder))) {
    if (child.exitCode !== null || performance.now() > until) {
      await stop()
      throw new Error(`PostgreSQL did not start: ${path.join(folder, 'server.log')} says why`)
    }
    await delay(100)
  }
  return { bin, socketFolder, user: 'bench', isNew, stop }
}

async function isReady(bin: string, socketFolder: string): Promise<boolean> {
  return run(path.join(bin, 'pg_isready'), ['-h', socketFolder, '-q']).then(
    () => true,
    () => false,
  )
}

async function findBin(): Promise<string | undefined> {
  const packaged = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort((a, b) => Number(b) - Number(a)) : []
  const onPath = await run('sh', ['-c', 'command -v initdb']).then(
    ({ stdout }) => [path.dirname(stdout.trim())],
    () => [],
  )
  const places = [...onPath, ...packaged.map((version) => path.join(PACKAGED, version, 'bin'))]
  // A link to one program does not mean that the others lie beside it.
  const real = places.flatMap((place) =>
    existsSync(path.join(place, 'initdb')) ? [path.dirname(realpathSync(path.join(place, 'initdb')))] : [],
  )
  return real.find((place) => PROGRAMS.every((program) => existsSync(path.join(place, program))))
}

/** Root's stand-in; `undefined` for whoever is not root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find((line) => line.startsWith(`${name}:`)))
    .find((line) => line !== undefined)
  const [, , uid, gid] = found?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error('PostgreSQL does not run as root, and there is no other user to run it')
  return { uid: Number(uid), gid: Number(gid) }
}
