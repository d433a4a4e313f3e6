import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { browserLaunch } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { everyPage } from './pages.mjs'
import { ROOT } from './paths.mjs'
import { freePort } from './port.mjs'
import { startServer } from './server.mjs'
import { nodeStep } from './step.mjs'

const USAGE = `Usage: npm run screenshots -- [options]
  Makes the picture of the README out of the demo portfolio.
  --every          every page and tab instead, in two sizes, light and dark
  --data <folder>  of this portfolio instead of the demo's
  --into <folder>  where they go (default: test-results/screens)
`
/** The pictures of the README: file → page of the demo portfolio. */
const PICTURES = { 'public/screenshot.png': '/' }
const DESK = { width: 1440, height: 900 }
const SIZES = { 1440: DESK, 390: { width: 390, height: 844 } }

const { values } = parseArgs({
  options: {
    every: { type: 'boolean', default: false },
    data: { type: 'string' },
    into: { type: 'string', default: join(ROOT, 'test-results/screens') },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(USAGE)
else await main()

async function main() {
  if (!(await ensureBuilt())) process.exit(1)
  const server = await startServer({ host: '127.0.0.1', port: await freePort(), data: values.data ? resolve(values.data) : await demo() })
  const browser = await chromium.launch(browserLaunch())
  try {
    if (values.every) await takeEvery(browser, server.url)
    else for (const [file, path] of Object.entries(PICTURES)) await take(browser, join(ROOT, file), { url: server.url + path })
  } finally {
    await browser.close()
    await server.stop()
  }
}

async function demo() {
  const data = mkdtempSync(join(tmpdir(), 'streamgauge-pictures-'))
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  if ((await nodeStep([join(ROOT, 'scripts/streamgauge.mjs'), 'demo', '--data', data])) !== 0) process.exit(1)
  return data
}

async function takeEvery(browser, origin) {
  const folder = resolve(values.into)
  mkdirSync(folder, { recursive: true })
  for (const [name, path] of await everyPage(origin)) {
    for (const [width, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ['light', 'dark']) {
        await take(browser, join(folder, `${name}-${width}-${colorScheme}.png`), {
          url: origin + path,
          viewport,
          colorScheme,
          fullPage: true,
        })
      }
    }
  }
}

async function take(browser, file, { url, viewport = DESK, colorScheme = 'light', fullPage = false }) {
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [data-chart]:not([data-ready])') === null)
  await page.screenshot({ path: file, animations: 'disabled', fullPage })
  await page.close()
  process.stdout.write(`wrote ${file}\n`)
}
