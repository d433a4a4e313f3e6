import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode } from './node-version.mjs'
import { ROOT } from './paths.mjs'
import { sourceHash } from './source-hash.mjs'
import { nodeStep } from './step.mjs'

/** Folder of the standalone server. */
export const STANDALONE = join(ROOT, '.next/standalone')

const SOURCES = [
  'app',
  'lib',
  'public',
  'package.json',
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
]
const STAMP = join(ROOT, '.next/streamgauge-build')

/** Builds the pages when there is no build of these very sources. @returns false when the build failed */
export async function ensureBuilt() {
  const sources = sourceHash(SOURCES)
  if (stampOfBuild() === sources) return true
  process.stdout.write('Building the pages (next build)\n')
  rmSync(STAMP, { force: true })
  const code = await nodeStep([join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], { env: { NODE_ENV: 'production' } })
  if (code !== 0) return false
  // The standalone server comes without what a browser fetches.
  cpSync(join(ROOT, '.next/static'), join(STANDALONE, '.next/static'), { recursive: true })
  cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true })
  writeFileSync(STAMP, sources)
  return true
}

function stampOfBuild() {
  return existsSync(STAMP) && existsSync(join(STANDALONE, 'server.js')) ? readFileSync(STAMP, 'utf8') : undefined
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  requireNode()
  process.exitCode = (await ensureBuilt()) ? 0 : 1
}
