import { expect } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

const FLOW = '/streams/web-shop/flow'
const FIGURES = ['time', 'rate', 'wip', 'age', 'efficiency', 'attainment']

test('the overview says how the stream is in six figures, each explained and leading on', async ({ page }) => {
  await page.goto('/streams/web-shop')
  await settle(page)
  for (const id of FIGURES) {
    const tile = page.locator(`[data-headline="${id}"]`)
    await expect(tile.getByRole('img', { name: /last value/ })).toBeVisible()
    await expect(tile.getByRole('button', { name: /^How is .+ computed\?$/ })).toHaveCount(1)
  }
  await checkA11y(page)
  await checkWidth(page)
  await page.locator('[data-headline="rate"]').getByRole('link').click()
  await expect(page).toHaveURL(/\/flow#process-behaviour-title$/)
})

test('the process behaviour chart says what is usual, of the figure that is chosen', async ({ page }) => {
  await page.goto(FLOW)
  await settle(page)
  const panel = page.locator('[data-panel="process-behaviour"]')
  await expect(panel).toContainText(/Usual is [\d.]+ a week, within/)
  await panel.getByText('Arrivals', { exact: true }).click()
  await expect(page).toHaveURL(/behaviour=arrivals/)
  await expect(panel.getByRole('heading')).toHaveText('Arrivals: process behaviour')
})

test('the card of Little’s law tells each assumption', async ({ page }) => {
  await page.goto(FLOW)
  await settle(page)
  const card = page.locator('[data-panel="littles-law"]')
  await expect(card.getByRole('listitem')).toHaveCount(6)
  await expect(card).toContainText('Measured and computed time agree within')
})
