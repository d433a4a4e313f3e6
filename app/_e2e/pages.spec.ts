import { expect, type Page } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

const LANE_NAMES = '[data-panel="life"] [class*="laneName"]'
const STREAMS = ['web-shop', 'mobile-app', 'payments', 'customer-care']

async function look(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settle(page)
  await checkWidth(page)
  await checkA11y(page)
}

test('portfolio', async ({ page }) => {
  await look(page, '/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Portfolio')
  for (const stream of STREAMS) await expect(page.locator(`a[href^="/streams/${stream}"]`).first()).toBeAttached()
})

for (const stream of STREAMS) {
  for (const tab of ['', '/flow', '/map', '/work']) {
    test(`stream ${stream}${tab}`, async ({ page }) => {
      await look(page, `/streams/${stream}${tab}`)
      expect(await page.locator('[data-panel]').count()).toBeGreaterThanOrEqual(1)
      await expect(page.locator('main').getByRole('alert')).toHaveCount(0)
    })
  }
}

test('item', async ({ page, request }) => {
  const { id } = await (await request.get('/api/snapshots/current')).json()
  const items = await (await request.get(`/api/snapshots/${id}/metrics/finished-items?stream=web-shop&format=json`)).json()
  const [{ item_id: item, key }] = items
  await look(page, `/items/${encodeURIComponent(item)}?stream=web-shop`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(key)
  await expect(page.locator(LANE_NAMES).first()).toBeVisible()
  for (const selector of ['header a', LANE_NAMES])
    expect(await page.locator(selector).evaluateAll(cutTexts), 'texts that are cut').toEqual([])
})

function cutTexts(elements: readonly Element[]): (string | null)[] {
  const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element) =>
    scrollWidth > clientWidth || scrollHeight > clientHeight + 2
  return elements.filter(isCut).map(({ textContent }) => textContent)
}

for (const address of ['/explore', '/sources', '/glossary', '/verify']) {
  test(`page ${address}`, async ({ page }) => {
    await look(page, address)
    await expect(page.locator('main').getByRole('alert')).toHaveCount(0)
  })
}

for (const address of ['/no-such-page', '/streams/no-such-stream']) {
  test(`nothing at ${address}`, async ({ page, witness }) => {
    witness.allow(/404/)
    await look(page, address)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('no such page')
  })
}
