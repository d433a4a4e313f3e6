import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Locator, type Page } from '@playwright/test'

export interface Witness {
  /** What the page complained of so far. */
  readonly complaints: string[]
  /** Complaints that match are expected here. */
  allow(pattern: RegExp): void
}

/** Every test fails when its page writes an error to the console, throws, or asks for something that does not come. */
export const test = base.extend<{ witness: Witness }>({
  page: async ({ page, javaScriptEnabled }, use) => {
    if (javaScriptEnabled !== false) awaitAwake(page)
    await use(page)
  },
  witness: [
    async ({ page }, use) => {
      const allowed: RegExp[] = []
      const complaints: string[] = []
      watch(page, (text) => complaints.push(text))
      await use({ complaints, allow: (pattern) => void allowed.push(pattern) })
      expect(
        complaints.filter((text) => !allowed.some((pattern) => pattern.test(text))),
        'errors on the page',
      ).toEqual([])
    },
    { auto: true },
  ],
})

/** What is loaded is not yet awake: a key that is pressed in between is lost, and no reader is as quick. */
function awaitAwake(page: Page): void {
  const load = page.goto.bind(page)
  page.goto = async (...asked) => {
    const answer = await load(...asked)
    await expect(page.locator('html')).toHaveAttribute('data-awake', 'true', { timeout: 30_000 })
    return answer
  }
}

function watch(page: Page, complain: (text: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`thrown: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed'
    // A page that is left takes its open requests with it.
    if (reason !== 'net::ERR_ABORTED') complain(`request: ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complain(`response: ${response.status()} ${response.url()}`)
  })
}

/** Waits until nothing is loading any more and every chart is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await expect(page.locator('h1')).toBeVisible()
  // Both at the same time: what has come is drawn, and what is drawn may be asked for anew.
  await expect(page.locator('[aria-busy="true"], [data-chart]:not([data-ready])')).toHaveCount(0, { timeout: 30_000 })
  await page.evaluate(() => document.fonts.ready)
}

/** Clicks a chart at shares of its width and height, when it is drawn. */
export async function clickAt(chart: Locator, x: number, y: number): Promise<void> {
  await expect(chart).toHaveAttribute('data-ready', 'true')
  const box = await chart.boundingBox()
  if (!box) throw new Error('the chart has no box')
  await chart.click({ position: { x: box.width * x, y: box.height * y } })
}

/** No violation by axe on the page as it is now. */
export async function checkA11y(page: Page): Promise<void> {
  // Half the time of the default, for the same violations: what passes is not described, and pages without frames need no second page.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}: ${node.failureSummary}`).join('\n')}`,
  )
  expect(found, 'accessibility').toEqual([])
}

/** Nothing is cut off to the right: the page itself does not scroll sideways. */
export async function checkWidth(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(excess, 'px wider than the window').toBeLessThanOrEqual(0)
}
