import { defineConfig } from '@playwright/test'
import { browserLaunch } from './scripts/browser.mjs'

const port = Number(process.env.STREAMGAUGE_E2E_PORT ?? 3917)
const baseURL = `http://127.0.0.1:${port}`

const SIZES = [
  { name: 'phone', viewport: { width: 390, height: 844 } },
  { name: 'desk', viewport: { width: 1440, height: 900 } },
]
const REAL = 'real.spec.ts'
const SCHEMES = ['light', 'dark'] as const

/** Run by `npm run test:e2e`, which builds the pages and makes the demo portfolio first. */
export default defineConfig({
  testDir: 'app/_e2e',
  outputDir: 'test-results/playwright',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTimeout: 40 * 60_000, // a run whose workers can't be started would wait for ever
  expect: { timeout: 15_000 },
  snapshotPathTemplate: 'app/_e2e/screens/{projectName}/{arg}{ext}',
  reporter: [['line']],
  use: {
    baseURL,
    locale: 'en-GB',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: browserLaunch(),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    ...SIZES.flatMap(({ name, viewport }) =>
      SCHEMES.map((colorScheme) => ({ name: `${name}-${colorScheme}`, testIgnore: REAL, use: { viewport, colorScheme } })),
    ),
    { name: 'real', testMatch: REAL, use: { viewport: { width: 1440, height: 900 } } },
  ],
  webServer: {
    // Without a shell between them the server notices when Playwright is killed.
    command: `${process.platform === 'win32' ? '' : 'exec '}node scripts/start.mjs --no-install --no-build --port ${port}`,
    url: `${baseURL}/api/health`,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
})
