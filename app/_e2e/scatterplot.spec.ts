import { expect, type Locator, type Page } from '@playwright/test'
import { type OwnServer, serveText } from './support/own-server'
import { checkA11y, settle, test } from './support/test'

// More items than are shown one by one, in a portfolio of their own.

const ITEMS = 3000
const DAY_MS = 86_400_000
const PORTFOLIO = `name: Many
timezone: UTC
streams:
  - id: many
    name: Many items
    sources:
      - connector: file
        path: log.csv
        columns: {item: id, title: title, at: at, state: state}
    stages:
      - {id: doing, name: Doing, kind: active}
      - {id: done, name: Done, kind: done}
    committed: doing
    sle: {percentile: 85, days: 8}
`

test.describe.configure({ mode: 'serial' })
let server: OwnServer

test.beforeAll(async () => {
  test.setTimeout(180_000)
  const lines = Array.from({ length: ITEMS }, (_, index) => {
    const start = Date.UTC(2024, 0, 1, 9) + (index % 400) * DAY_MS
    const days = index % 97 === 0 ? 30 : index % 8
    const row = (state: string, at: number) => `${index},Item ${index},${new Date(at).toISOString()},${state}`
    return `${row('doing', start)}\n${row('done', start + days * DAY_MS)}`
  })
  server = await serveText(PORTFOLIO, `id,title,at,state\n${lines.join('\n')}\n`)
})

test.afterAll(() => server?.close())

async function scatterplot(page: Page, search = ''): Promise<Locator> {
  await page.goto(`${server.url}/streams/many/flow${search}`)
  await settle(page)
  const panel = page.locator('[data-panel="scatterplot"]')
  await panel.scrollIntoViewIfNeeded()
  return panel
}

const itemCount = async (panel: Locator): Promise<number> => {
  const text = (await panel.locator('header p').textContent()) ?? ''
  return Number(/([\d,]+) items/.exec(text)?.[1]?.replace(',', ''))
}

async function boxOf(panel: Locator) {
  const box = await panel.locator('[data-chart]').boundingBox()
  if (!box) throw new Error('the chart has no box')
  return box
}

test('many items are cells; a drag comes closer until they are points, a double click shows all again', async ({ page, isMobile }) => {
  test.skip(isMobile, 'fingers scroll')
  const panel = await scatterplot(page)
  const legend = panel.getByRole('list', { name: 'How to read this chart' })
  await expect(legend).toContainText('Items per cell of 1 week × 1 day')
  await expect.poll(() => itemCount(panel)).toBe(ITEMS)
  const box = await boxOf(panel)
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.5)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.51, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/zoom=2024-/)
  await expect(legend).toBeHidden()
  await settle(page)
  await expect.poll(() => itemCount(panel)).toBeLessThan(2000)
  expect(await itemCount(panel)).toBeGreaterThan(100)
  await checkA11y(page)
  const closer = await boxOf(panel)
  await page.mouse.dblclick(closer.x + closer.width * 0.5, closer.y + closer.height * 0.2)
  await expect(page).not.toHaveURL(/zoom=/)
  await expect(legend).toBeVisible()
  await expect.poll(() => itemCount(panel)).toBe(ITEMS)
})

test('without a mouse: keys come closer, and a cell opens as many items as it counts', async ({ page }) => {
  const panel = await scatterplot(page)
  const figure = panel.getByRole('figure')
  await figure.focus()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/zoom=/)
  await settle(page)
  await expect.poll(() => itemCount(panel)).toBeLessThan(ITEMS)
  await page.keyboard.press('0')
  await expect(page).not.toHaveURL(/zoom=/)
  await settle(page)
  await figure.focus()
  await page.keyboard.press('ArrowRight')
  const said = panel.locator('output').first()
  await expect(said).toContainText(/Took .+ \d+ items?/)
  const count = /(\d+) items?/.exec((await said.textContent()) ?? '')?.[1]
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?$`))
})

test('without a mouse: up leads from the cells to the outliers, and each opens', async ({ page }) => {
  const panel = await scatterplot(page)
  await panel.getByRole('figure', { name: /up and down change what is walked: cells, single items/ }).focus()
  await page.keyboard.press('ArrowUp')
  const said = panel.locator('output').first()
  await expect(said).toHaveText(/^single items: \d+ · Item \d+, Took 31 days/)
  const item = /Item (\d+)/.exec((await said.textContent()) ?? '')?.[1]
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/items/${item}`))
})

test('the table says every cell, and each leads to its items', async ({ page }) => {
  const panel = await scatterplot(page)
  await panel.getByRole('button', { name: 'Table' }).click()
  const row = panel.getByRole('region', { name: 'Cells of finished items' }).getByRole('row').nth(1)
  const count = (await row.getByRole('cell').nth(4).textContent()) ?? ''
  await row.getByRole('button').click()
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?$`))
})
