import { expect, type Locator, type Page } from '@playwright/test'
import { checkA11y, clickAt, settle, test } from './support/test'

const STREAM = '/streams/web-shop/flow'

/** The drawn chart of a panel, scrolled into sight. */
async function chartOf(page: Page, panel: string): Promise<Locator> {
  const chart = page.locator(`[data-panel="${panel}"] [data-chart][data-ready]`)
  await chart.waitFor()
  await chart.scrollIntoViewIfNeeded()
  return chart
}

test('from a bar of throughput to the items that finished then, and on to one of them', async ({ page }) => {
  await page.goto(STREAM)
  await clickAt(await chartOf(page, 'throughput'), 0.5, 0.85)
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: /^Finished in the week of/ })).toBeVisible()
  await expect(drawer.getByTestId('drill-count')).toHaveText(/^\d+ items?$/)
  await checkA11y(page)
  const link = drawer.getByRole('link').first()
  const key = (await link.textContent()) ?? ''
  await link.click()
  await expect(page).toHaveURL(/\/items\/.+\?stream=web-shop/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(key)
  await expect(page.getByRole('heading', { name: 'Life of the item' })).toBeVisible()
})

test('a band of the cumulative flow opens the items of that stage; the back button closes them again', async ({ page }) => {
  await page.goto(STREAM)
  await clickAt(await chartOf(page, 'cumulative-flow'), 0.6, 0.8)
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByTestId('drill-count')).toBeVisible()
  await expect(page).toHaveURL(/drill=/)
  await page.goBack()
  await expect(drawer).toBeHidden()
})

test('the items behind work in progress are as many as the chart says', async ({ page }) => {
  await page.goto(`${STREAM}?span=lead`)
  const panel = page.locator('[data-panel="wip"]')
  await panel.getByRole('button', { name: 'Table' }).click()
  const row = panel.getByRole('row').nth(1)
  const count = (await row.getByRole('cell').nth(1).textContent()) ?? ''
  await row.getByRole('button').click()
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?$`))
})

test('without a mouse: the aging chart is walked with arrow keys and Enter opens the item', async ({ page }) => {
  await page.goto('/streams/web-shop/work')
  await chartOf(page, 'aging-work')
  const panel = page.locator('[data-panel="aging-work"]')
  await panel.getByRole('figure').focus()
  await page.keyboard.press('ArrowRight')
  await expect(panel.locator('output').first()).toContainText(/Age \d/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Life of the item' })).toBeVisible()
})

test('a narrowed view is a link: whoever opens it sees the same', async ({ page, context }) => {
  await page.goto(STREAM)
  const verdict = page.locator('[data-panel="throughput"] header + p')
  await expect(verdict).toContainText('typical week')
  const before = (await verdict.textContent()) ?? ''
  const filters = page.getByRole('button', { name: 'Filters' })
  if (await filters.isVisible()) await filters.click()
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('checkbox').first().check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/team=/)
  await expect(verdict).not.toHaveText(before)
  await settle(page)
  const said = (await verdict.textContent()) ?? ''
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.locator('[data-panel="throughput"] header + p')).toHaveText(said)
  await expect(other.getByRole('list', { name: 'Active filters' })).toContainText('Team')
})
