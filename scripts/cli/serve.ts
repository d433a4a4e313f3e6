import { spawn } from 'node:child_process'
import path from 'node:path'
import { ROOT } from './places'

/** `streamgauge serve`: what `npm start` does, without installing packages. @param args of the start script */
export async function serve(args: readonly string[]): Promise<void> {
  const server = spawn(process.execPath, [path.join(ROOT, 'scripts/start.mjs'), '--no-install', ...args], { stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals) => server.kill(signal)
  process.on('SIGINT', forward)
  process.on('SIGTERM', forward)
  process.exitCode = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}
