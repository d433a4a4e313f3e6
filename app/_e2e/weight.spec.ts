import { type APIRequestContext, expect, type Page } from '@playwright/test'
import { test } from './support/test'

/** kB of JavaScript as it is sent, at most. */
const IN_ALL = 550
const BEFORE_FIRST_CHART = 300
/** Everything but the drawing library, which is asked for when the page has been painted. */
const BESIDE_ECHARTS = 300
const MOST_SHIFT = 0.02

const PAGES = ['/', '/streams/web-shop']
const CHART = '[data-chart][data-ready]'
/** Drawn on the server, and seen until the living one has taken its place. */
const FIRST = '[data-first-chart]'

for (const path of PAGES) {
  test(`${path} is light and nothing jumps`, async ({ page, request }, { project }) => {
    test.skip(!project.name.endsWith('-light'), 'colours weigh nothing')
    await page.addInitScript(markFirst, { selector: `${CHART}, ${FIRST}`, name: 'first-chart' })
    await expect(() => expectFirstIn(request, path)).toPass()
    await page.goto(path)
    await page.locator(CHART).first().waitFor()
    await expect(page.locator('[data-chart]:not([data-ready]), [aria-busy="true"]')).toHaveCount(0)
    await expect(page.locator(FIRST), 'pictures that living charts have replaced').toHaveCount(0)
    await page.waitForLoadState('networkidle')

    const { all, before, beside } = await sentScripts(page)
    expect(all, 'kB in all, told at all').toBeGreaterThan(0)
    expect(all, 'kB in all').toBeLessThanOrEqual(IN_ALL)
    expect(before, 'kB before a chart is seen').toBeLessThanOrEqual(BEFORE_FIRST_CHART)
    expect(beside, 'kB beside the drawing library').toBeLessThanOrEqual(BESIDE_ECHARTS)
    expect(await layoutShift(page), 'layout shift').toBeLessThan(MOST_SHIFT)
  })
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  for (const path of [...PAGES, '/streams/web-shop/flow', '/streams/web-shop/work']) {
    test(`${path} shows its first chart`, async ({ page, witness }) => {
      // Scripts that are switched off count as refused.
      witness.allow(/\.js csp$/)
      // What comes too late for one load, as the first answers of a server that has just begun may, is there for the next.
      await expect(async () => {
        await page.goto(path)
        await expect(page.locator(`${FIRST} svg`).locator('visible=true').first()).toBeVisible({ timeout: 1000 })
        if (path !== '/') return
        await expect(page.locator('[data-panel="what-changed"]').getByRole('listitem').first()).toBeVisible({ timeout: 1000 })
      }).toPass()
      const box = await page.locator(FIRST).first().boundingBox()
      expect(box?.height, 'px').toBeGreaterThan(80)
    })
  }
})

/** All that a page begins with stands in it: what comes too late for one load, as from a server that has just begun, is there for the next. */
async function expectFirstIn(request: APIRequestContext, path: string): Promise<void> {
  const text = await (await request.get(path, { headers: { accept: 'text/html' } })).text()
  expect(text).toContain('data-first-chart=')
  expect(text).not.toContain('data-first-chart-coming')
  if (path === '/') expect(text).toContain('data-tone=')
}

/** Runs in the page: notes the frame after the one in which something with a picture in it is painted for the first time. */
function markFirst({ selector, name }: { selector: string; name: string }): void {
  const isThere = () =>
    [...document.querySelectorAll(selector)].some((found) => found.querySelector('svg, canvas') && found.checkVisibility())
  const look = () => {
    if (isThere()) requestAnimationFrame(() => performance.mark(name))
    else requestAnimationFrame(look)
  }
  // The first frame comes when the styles are there: nothing is painted before.
  requestAnimationFrame(look)
}

/** kB of scripts: in all, of those that had come before the first chart, and of all but the largest, which is the drawing library. */
function sentScripts(page: Page): Promise<{ all: number; before: number; beside: number }> {
  return page.evaluate(() => {
    const seen = performance.getEntriesByName('first-chart')[0]?.startTime ?? Number.POSITIVE_INFINITY
    const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const scripts = loaded.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    const kilobytes = (list: typeof scripts) => list.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000
    const all = kilobytes(scripts)
    const largest = Math.max(0, ...scripts.map((script) => kilobytes([script])))
    return { all, before: kilobytes(scripts.filter(({ responseEnd }) => responseEnd <= seen)), beside: all - largest }
  })
}

/** Of all that moved without the reader's doing so far. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect()
          resolve(list.getEntries().reduce((sum, entry) => sum + ('value' in entry ? Number(entry.value) : 0), 0))
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(0), 1000) // nothing moved, so nothing is told
      }),
  )
}
