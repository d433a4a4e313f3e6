import { expect, type Page } from '@playwright/test'
import { checkA11y, settle, test } from './support/test'

const WORK = '/streams/payments/work'
const panel = (page: Page, id: string) => page.locator(`[data-panel="${id}"]`)

test('unfinished items are searched, and lead to the item', async ({ page }) => {
  await page.goto(WORK)
  const unfinished = panel(page, 'unfinished')
  const link = unfinished.getByRole('link').first()
  const key = (await link.textContent()) ?? ''
  await unfinished.getByRole('textbox', { name: 'Find unfinished items' }).fill(key)
  await expect(unfinished.getByText(/^.*\b1 of \d+ items? found/)).toBeVisible()
  await expect(unfinished.getByRole('link')).toHaveCount(1)
  await unfinished.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(key)
})

test('a search without a hit says so', async ({ page }) => {
  await page.goto(`${WORK}?find=nothing-is-called-this`)
  await expect(panel(page, 'unfinished').getByText('No unfinished item holds')).toBeVisible()
})

test('a loop of the rework ledger opens as many moves as it counts', async ({ page }) => {
  await page.goto(WORK)
  const row = panel(page, 'rework').getByRole('row').nth(1)
  const moves = (await row.getByRole('cell').nth(3).textContent()) ?? ''
  await row.getByRole('button').click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: /^Moved back from / })).toBeVisible()
  await expect(drawer.getByTestId('moves-count')).toHaveText(new RegExp(`^${moves} moves?$`))
  await checkA11y(page)
  await page.goBack()
  await expect(drawer).toBeHidden()
})

test('titles have room: beside the other columns in a list, on two lines in half the page', async ({ page, viewport }) => {
  test.skip((viewport?.width ?? 0) < 1000, 'fingers scroll tables')
  await page.goto(WORK)
  await settle(page)
  for (const [id, label, column, least] of [
    ['unfinished', 'All unfinished items', 1, 200],
    ['blocked', 'Items blocked now', 1, 190],
  ] as const) {
    const table = panel(page, id).getByRole('region', { name: label })
    const cell = table.getByRole('row').nth(1).getByRole('cell').nth(column)
    await expect(cell).toHaveText(/\S+ \S+/)
    expect((await cell.boundingBox())?.width, `width of a title in ${id}`).toBeGreaterThan(least)
    expect(await table.evaluate((scroller) => scroller.scrollWidth - scroller.clientWidth), `${id} scrolls sideways`).toBeLessThanOrEqual(0)
  }
})

test('blocked items and hand-offs lead to items', async ({ page }) => {
  await page.goto(WORK)
  await settle(page)
  await expect(panel(page, 'blocked').getByRole('link').first()).toBeVisible()
  await panel(page, 'handoffs').getByRole('button', { name: 'Show the items' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByTestId('work-count')).toHaveText(/^\d[\d,.]* items?$/)
  await expect(drawer.getByRole('link').first()).toBeVisible()
})
