import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { sourceHash } from './source-hash.mjs'
import { nodeStep, step } from './step.mjs'

const LOCK = 'package-lock.json'
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json')
const STAMP = join(ROOT, 'node_modules/.streamgauge-installed')

/** Installs the packages when there are none or when they are older than the lockfile. */
export async function ensureInstalled() {
  if (isInstalled()) return
  process.stdout.write('Installing packages (npm ci)\n')
  const args = ['ci', '--include=dev', '--no-fund', '--no-audit']
  const npm = process.env.npm_execpath
  const code = npm?.endsWith('.js') ? await nodeStep([npm, ...args]) : await step('npm', args, { shell: process.platform === 'win32' })
  if (code !== 0) {
    process.stderr.write('The packages could not be installed: npm says why above. Is the npm registry within reach?\n')
    process.exit(1)
  }
  writeFileSync(STAMP, sourceHash([LOCK]))
}

// npm writes its own list last, so an installation that was broken off has none. The stamp is for a checkout that only touched the lockfile.
function isInstalled() {
  if (!existsSync(INSTALLED)) return false
  if (statSync(INSTALLED).mtimeMs >= statSync(join(ROOT, LOCK)).mtimeMs) return true
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceHash([LOCK])
}
