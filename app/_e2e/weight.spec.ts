import { expect, type Page } from '@playwright/test'
import { test } from './support/test'

/** kB of JavaScript as it is sent, at most. */
const IN_ALL = 550
/** Measured, not wished for: 300 takes a first chart that is drawn on the server. */
const BEFORE_FIRST_CHART = 510
/** Everything but the drawing library, which is asked for when the page has been painted. */
const BESIDE_ECHARTS = 300
const MOST_SHIFT = 0.02

const PAGES = ['/', '/streams/web-shop']
const CHART = '[data-chart][data-ready]'

for (const path of PAGES) {
  test(`${path} is light and nothing jumps`, async ({ page }, { project }) => {
    test.skip(!project.name.endsWith('-light'), 'colours weigh nothing')
    await page.addInitScript(markFirst, { selector: CHART, name: 'first-chart' })
    await page.goto(path)
    await page.locator(CHART).first().waitFor()
    await expect(page.locator('[data-chart]:not([data-ready]), [aria-busy="true"]')).toHaveCount(0)
    await page.waitForLoadState('networkidle')

    const { all, before, beside } = await sentScripts(page)
    expect(before, 'kB before a chart is seen, told at all').toBeGreaterThan(0)
    expect(all, 'kB in all').toBeLessThanOrEqual(IN_ALL)
    expect(before, 'kB before a chart is seen').toBeLessThanOrEqual(BEFORE_FIRST_CHART)
    expect(beside, 'kB beside the drawing library').toBeLessThanOrEqual(BESIDE_ECHARTS)
    expect(await layoutShift(page), 'layout shift').toBeLessThan(MOST_SHIFT)
  })
}

/** Runs in the page: notes when something is there for the first time. */
function markFirst({ selector, name }: { selector: string; name: string }): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)) return
    performance.mark(name)
    observer.disconnect()
  })
  observer.observe(document, { subtree: true, childList: true, attributes: true })
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
