import { expect, type Locator, type Page } from '@playwright/test'
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

test('no table of the page scrolls sideways, and every title is there to its end', async ({ page, viewport }) => {
  for (const width of [viewport?.width ?? 0, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    for (const stream of ['payments', 'customer-care']) {
      await page.goto(`/streams/${stream}/work`)
      await settle(page)
      for (const table of await page.locator('section:has(> table)').all())
        expect(await cutTexts(table), `${await table.getAttribute('aria-label')} at ${width} px`).toEqual([])
      const title = page.getByRole('region', { name: 'All unfinished items' }).getByRole('row').nth(1).getByRole('cell').nth(1)
      expect((await title.boundingBox())?.width, 'width of a title').toBeGreaterThan(180)
    }
  }
})

/** Texts of a table that its edge or their cells cut off. */
function cutTexts(table: Locator): Promise<(string | null)[]> {
  return table.evaluate((scroller) => {
    const edge = scroller.getBoundingClientRect().right + 1
    const isCut = (text: Element) =>
      text.getBoundingClientRect().right > edge || text.scrollWidth > text.clientWidth + 1 || text.scrollHeight > text.clientHeight + 2
    return [...scroller.querySelectorAll('td, td > div')].filter(isCut).map(({ textContent }) => textContent)
  })
}

test('on a phone rows are paragraphs, sorted by what is chosen above them', async ({ page, viewport }) => {
  test.skip((viewport?.width ?? 0) > 1000, 'elsewhere there is room for columns')
  await page.goto(WORK)
  const rework = panel(page, 'rework')
  await rework.getByRole('combobox', { name: 'Sort by' }).selectOption('Moves')
  const moves = () =>
    rework.getByRole('row').evaluateAll((all) => all.slice(1).map((row) => Number(row.children[3]?.textContent?.replace(/\D/g, ''))))
  await expect.poll(async () => (await moves()).join()).toBe([...(await moves())].sort((a, b) => b - a).join())
  await rework.getByRole('button', { name: 'Reverse the order' }).click()
  await expect.poll(async () => (await moves()).join()).toBe([...(await moves())].sort((a, b) => a - b).join())
  await checkA11y(page)
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
