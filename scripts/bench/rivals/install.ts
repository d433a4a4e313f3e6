import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LONGEST_INSTALL_MS = 10 * 60_000

/**
 * Loads a package of a rival, which is none of the project's: installed below the benchmark's own folder when first wanted. Only of
 * those that are `isBuilt` the scripts run that fetch or compile their binary.
 */
export async function loadPackage(folder: string, name: string, version: string, { isBuilt = false } = {}): Promise<unknown> {
  const home = path.join(folder, `${name.replace('/', '-')}-${version}`)
  if (!existsSync(path.join(home, 'installed'))) {
    await mkdir(home, { recursive: true })
    await writeFile(path.join(home, 'package.json'), '{ "private": true }\n')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    await run(npm, ['install', '--no-audit', '--no-fund', ...(isBuilt ? [] : ['--ignore-scripts']), `${name}@${version}`], {
      cwd: home,
      timeout: LONGEST_INSTALL_MS,
    })
    await writeFile(path.join(home, 'installed'), '')
  }
  return createRequire(path.join(home, 'package.json'))(name)
}
