import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const SCRIPTS = path.resolve(import.meta.dirname, '../../../scripts')

export interface OwnServer {
  readonly url: string
  close(): Promise<void>
}

const PORTFOLIO = 'portfolio.yaml'

/** Builds a portfolio file beside its log into a folder of its own and serves it. */
export function serveLog(portfolioFile: string, log: string): Promise<OwnServer> {
  return serveFolder(async (folder) => {
    await copyFile(portfolioFile, path.join(folder, PORTFOLIO))
    const target = path.join(folder, path.basename(log))
    await symlink(log, target).catch(() => copyFile(log, target))
  })
}

/** The same with the text of a portfolio file that reads `log.csv`, and that of the log. */
export function serveText(portfolio: string, log: string): Promise<OwnServer> {
  return serveFolder(async (folder) => {
    await writeFile(path.join(folder, PORTFOLIO), portfolio)
    await writeFile(path.join(folder, 'log.csv'), log)
  })
}

async function serveFolder(fill: (folder: string) => Promise<void>): Promise<OwnServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-pages-'))
  const file = path.join(folder, PORTFOLIO)
  await fill(folder)
  await promisify(execFile)(process.execPath, [path.join(SCRIPTS, 'streamgauge.mjs'), 'build', file, '--data', folder])
  const port = await freePort()
  const args = ['--no-install', '--no-build', '--port', String(port), '--data', folder]
  const server = spawn(process.execPath, [path.join(SCRIPTS, 'start.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  await untilServing(server)
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function untilServing(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('http://localhost')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
