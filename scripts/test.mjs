import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { requireNode } from './node-version.mjs'
import { Tally } from './suite/tally.mjs'

// What each word runs; without a word the whole suite. Words after it go to Vitest or Playwright.
const SUITES = {
  all: ['check', 'vitest', 'build', 'demo', 'smoke', 'e2e'],
  smoke: ['build', 'demo', 'smoke'],
  e2e: ['build', 'demo', 'e2e'],
  long: ['long'],
}

requireNode()
const [suite = 'all', ...args] = process.argv.slice(2)
const names = SUITES[suite]
if (!names) {
  process.stderr.write(`There is no suite "${suite}": use one of ${Object.keys(SUITES).join(', ')}\n`)
  process.exit(1)
}

const scratch = mkdtempSync(join(tmpdir(), 'streamgauge-test-'))
const tally = new Tally(names)
keepHomeAsItIs()
// However this ends, its last line is the count.
process.once('exit', (code) => {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 })
  tally.print()
  process.exitCode = tally.isGood ? code : 1
})

await ensureInstalled()
const { STEPS } = await import('./suite/steps.mjs')
for (const name of names) {
  process.stdout.write(`\n=== ${name}\n`)
  await tally.measure(name, () => STEPS[name]({ scratch, args, tally }))
}

// Tools keep caches in the home directory; a test run leaves nothing there. A cache of npm that is there already is of use.
function keepHomeAsItIs() {
  process.env.XDG_CACHE_HOME = join(scratch, 'cache')
  process.env.XDG_CONFIG_HOME = join(scratch, 'config')
  const npmCache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  if (!existsSync(join(npmCache, '_cacache'))) process.env.npm_config_cache = join(scratch, 'npm')
}
