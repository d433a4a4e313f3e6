import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

const ENTRY = path.resolve(import.meta.dirname, '../streamgauge.mjs')

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly bytes: Buffer
  readonly stderr: string
}

export interface ChildOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the command line as people do, in a process of its own. */
export function streamgauge(args: readonly string[], options: ChildOptions = {}): Promise<Finished> {
  return finished(spawnCommand(args, options))
}

/** Starts the command line and leaves it running. */
export function spawnCommand(args: readonly string[], options: ChildOptions = {}): ChildProcess {
  return spawn(process.execPath, [ENTRY, ...args], {
    cwd: options.cwd,
    env: { ...environment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The same on a disk that is full as soon as a file would grow beyond so many KiB. */
export function spawnLimited(args: readonly string[], kibibytes: number): ChildProcess {
  const script = `ulimit -f ${kibibytes * 2} && exec "$0" "$@"`
  return spawn('/bin/sh', ['-c', script, process.execPath, ENTRY, ...args], {
    env: { ...environment(), TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** This process's own, without what would tell the command line where it stands. */
function environment(): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _, INIT_CWD: __, STREAMGAUGE_DATA: ___, ...inherited } = process.env
  return inherited
}

/** Gathers what a process says until it ends. */
export function finished(child: ChildProcess): Promise<Finished> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const bytes = Buffer.concat(stdout)
      resolve({ code, signal, bytes, stdout: bytes.toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') })
    })
  })
}
