import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { browserLaunch } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { ROOT } from './paths.mjs'
import { freePort } from './port.mjs'
import { startServer } from './server.mjs'
import { nodeStep } from './step.mjs'

/** The pictures of the README: file → page of the demo portfolio. */
const PICTURES = { 'public/screenshot.png': '/' }
const VIEW = {
  viewport: { width: 1440, height: 900 },
  colorScheme: 'light',
  locale: 'en-GB',
  timezoneId: 'UTC',
  reducedMotion: 'reduce',
}

const data = mkdtempSync(join(tmpdir(), 'streamgauge-pictures-'))
process.once('exit', () => rmSync(data, { recursive: true, force: true }))
if (!(await ensureBuilt())) process.exit(1)
if ((await nodeStep([join(ROOT, 'scripts/streamgauge.mjs'), 'demo', '--data', data])) !== 0) process.exit(1)
const server = await startServer({ host: '127.0.0.1', port: await freePort(), data })
const browser = await chromium.launch(browserLaunch())
try {
  for (const [file, path] of Object.entries(PICTURES)) await take(file, server.url + path)
} finally {
  await browser.close()
  await server.stop()
}

async function take(file, url) {
  const page = await browser.newPage(VIEW)
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [data-chart]:not([data-ready])') === null)
  await page.screenshot({ path: join(ROOT, file), animations: 'disabled' })
  await page.close()
  process.stdout.write(`wrote ${file}\n`)
}
