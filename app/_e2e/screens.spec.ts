import { expect } from '@playwright/test'
import { everyPage, PAGE_NAMES } from '../../scripts/pages.mjs'
import { settle, test } from './support/test'

/** Longer pages are compared down to here, the glossary less far: it is more of the same. */
const TALLEST = 3000
const TALLEST_GLOSSARY = 1000
/** All but `verify`, which shows what was found last: other tests run it meanwhile. */
const NAMES = PAGE_NAMES.filter((name) => name !== 'verify')

test.skip(
  process.platform !== 'linux' || process.arch !== 'x64' || process.env.STREAMGAUGE_CHROMIUM !== undefined,
  'the pictures were made with the browser that is bundled for Linux x64; others draw a little differently',
)

for (const name of NAMES) {
  test(`${name} looks as it did`, async ({ page, baseURL }) => {
    const path = (await everyPage(baseURL ?? '')).get(name)
    expect(path, 'a page of this name').toBeDefined()
    await page.goto(path ?? '/')
    await page.waitForLoadState('networkidle')
    await settle(page)
    const { width, height } = await page.evaluate(() => ({
      width: document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight,
    }))
    await expect(page).toHaveScreenshot(`${name}.png`, {
      fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, name === 'glossary' ? TALLEST_GLOSSARY : TALLEST) },
      // When things were made, how long they took and how large they are differs from run to run.
      mask: [page.locator('[data-panel="files"], [data-panel="snapshots"]')],
      maxDiffPixelRatio: 0.02,
    })
  })
}
