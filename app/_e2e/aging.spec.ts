import { expect, type Locator, type Page } from '@playwright/test'
import { type OwnServer, serveText } from './support/own-server'
import { checkA11y, clickAt, settle, test } from './support/test'

// More unfinished items than are shown one by one, in a portfolio of their own.

const [OPEN, FINISHED, BLOCKED_EVERY] = [2500, 200, 50]
const DAY_MS = 86_400_000
const PORTFOLIO = `name: Open
timezone: UTC
streams:
  - id: open
    name: Open items
    sources:
      - connector: file
        path: log.csv
        columns: {item: id, title: title, at: at, state: state, blocked: blocked}
    stages:
      - {id: doing, name: Doing, kind: active}
      - {id: checking, name: Checking, kind: active}
      - {id: done, name: Done, kind: done}
    committed: doing
    sle: {percentile: 85, days: 8}
`

test.describe.configure({ mode: 'serial' })
let server: OwnServer

test.beforeAll(async () => {
  test.setTimeout(180_000)
  const last = Date.UTC(2024, 5, 1, 9)
  const row = (id: number, state: string, at: number, blocked = '') => `${id},Item ${id},${new Date(at).toISOString()},${state},${blocked}`
  const lines = Array.from({ length: OPEN + FINISHED }, (_, id) => {
    const start = last - (id % 120) * DAY_MS
    if (id >= OPEN) return `${row(id, 'doing', start - 9 * DAY_MS)}\n${row(id, 'done', start - (id % 8) * DAY_MS)}`
    return row(id, id % 3 ? 'doing' : 'checking', start, id % BLOCKED_EVERY ? '' : 'true')
  })
  server = await serveText(PORTFOLIO, `id,title,at,state,blocked\n${lines.join('\n')}\n`)
})

test.afterAll(() => server?.close())

async function panelOf(page: Page, id: string, search = ''): Promise<Locator> {
  await page.goto(`${server.url}/streams/open/work${search}`)
  await settle(page)
  const panel = page.locator(`[data-panel="${id}"]`)
  await panel.scrollIntoViewIfNeeded()
  return panel
}

test('many unfinished items are cells; a drag looks closer until they are dots, a double click shows all again', async ({
  page,
  isMobile,
}) => {
  test.skip(isMobile, 'fingers scroll')
  const panel = await panelOf(page, 'aging-work')
  const legend = panel.getByRole('list', { name: 'How to read this chart' })
  await expect(legend).toContainText('Items per cell of 3 days')
  await expect(panel.getByText(`${OPEN.toLocaleString('en-GB')} items`)).toBeVisible()
  await checkA11y(page)
  const box = await panel.locator('[data-chart]').boundingBox()
  if (!box) throw new Error('the chart has no box')
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.6, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/ages=\d+_\d+/)
  await expect(legend).not.toContainText('Items per cell')
  await expect(panel.getByText(/\d+ – \d+ days old/)).toBeVisible()
  await settle(page)
  await page.mouse.dblclick(box.x + box.width * 0.5, box.y + box.height * 0.3)
  await expect(page).not.toHaveURL(/ages=/)
  await expect(legend).toContainText('Items per cell')
})

test('without a mouse: keys look closer, and a cell opens as many items as it counts', async ({ page }) => {
  const panel = await panelOf(page, 'aging-work')
  const figure = panel.getByRole('figure')
  await figure.focus()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/ages=1_61/)
  await settle(page)
  await page.keyboard.press('0')
  await expect(page).not.toHaveURL(/ages=/)
  await settle(page)
  await figure.focus()
  await page.keyboard.press('ArrowRight')
  const said = panel.locator('output').first()
  await expect(said).toContainText(/Age .+ \d+ items?/)
  const count = /(\d+) items?/.exec((await said.textContent()) ?? '')?.[1]
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?$`))
})

test('without a mouse: up leads from the cells to the oldest items, and each opens', async ({ page }) => {
  const panel = await panelOf(page, 'aging-work')
  const figure = panel.getByRole('figure', { name: /up and down change what is walked: cells, single items/ })
  await figure.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  const said = panel.locator('output').first()
  await expect(said).toHaveText(/^single items: 1079 · Item 1079, Age 120 days/)
  await page.keyboard.press('ArrowRight')
  await expect(said).toHaveText(/^119 · Item 119, Age 120 days/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/items\/119\b/)
})

test('the picture that comes with the page is as near as its address looks', async ({ page, viewport }) => {
  const search = '?ages=20_25'
  const panel = await panelOf(page, 'aging-work', search)
  const living = (await panel.locator('[data-chart] svg text').allTextContents()).sort()
  expect(living).toContain('22')
  const drawn = viewport && viewport.width > 480 ? 0 : 1
  const first = async () => {
    const answer = await page.request.get(`${server.url}/streams/open/work${search}`, { headers: { accept: 'text/html' } })
    const picture = /data-first-chart=[\s\S]*/.exec(await answer.text())?.[0].match(/<svg[\s\S]*?<\/svg>/g)?.[drawn] ?? ''
    return [...picture.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).sort()
  }
  await expect.poll(first).toEqual(living)
})

test('a click on a cell opens its items, the first one too', async ({ page }) => {
  const panel = await panelOf(page, 'aging-work')
  await clickAt(panel.locator('[data-chart]'), 0.3, 0.6)
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: /^Doing: \d+ – \d+ days old$/ })).toBeVisible()
  await expect(drawer.getByTestId('drill-count')).toHaveText(/^\d+ items$/)
})

test('no mark is pressed, which may be drawn anew before the release, but the picture', async ({ page }) => {
  const chart = (await panelOf(page, 'aging-work')).locator('[data-chart]')
  await expect(chart.locator('svg path').first()).toBeAttached()
  const pressed = await chart.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return document.elementFromPoint(left + width * 0.3, top + height * 0.6)?.tagName
  })
  expect(pressed).toBe('svg')
})

test('the table says every cell, and each leads to its items', async ({ page }) => {
  const panel = await panelOf(page, 'aging-work')
  await panel.getByRole('button', { name: 'Table' }).click()
  const row = panel.getByRole('region', { name: 'Cells of unfinished items' }).getByRole('row').nth(1)
  const count = (await row.getByRole('cell').nth(3).textContent()) ?? ''
  await row.getByRole('button').click()
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?$`))
})

test('the list of unfinished items goes on page by page, sorted over all of them', async ({ page, viewport }) => {
  const isPhone = (viewport?.width ?? 0) < 1000
  const panel = await panelOf(page, 'unfinished')
  const pages = panel.getByRole('navigation', { name: 'Pages of unfinished items' })
  await expect(pages).toContainText('1 to 200 of 2,500')
  await pages.getByRole('button', { name: 'Next' }).click()
  await expect(pages).toContainText('201 to 400 of 2,500')
  if (isPhone) await panel.getByRole('button', { name: 'Reverse the order' }).click()
  else await panel.getByRole('button', { name: 'Age, days' }).click()
  await expect(pages).toContainText('1 to 200 of 2,500')
  await expect(panel.getByRole('row').nth(1).locator('td').nth(6)).toHaveText('1')
  if (isPhone) await panel.getByRole('combobox', { name: 'Sort by' }).selectOption('Blocked')
  else await panel.getByRole('button', { name: 'Blocked' }).click()
  await expect(panel.getByRole('row').nth(1)).toContainText('blocked')
  await panel.getByRole('textbox', { name: 'Find unfinished items' }).fill('item 2499')
  await expect(panel.getByText('1 of 2,500 items found')).toBeVisible()
  await expect(panel.getByRole('link')).toHaveCount(1)
})

test('on paper the list says which of its rows are there, and where all are', async ({ page }) => {
  const panel = await panelOf(page, 'unfinished')
  const pages = panel.getByRole('navigation', { name: 'Pages of unfinished items' })
  await expect(pages).toContainText('1 to 200 of 2,500')
  await page.emulateMedia({ media: 'print' })
  await expect(panel.getByText('First 200 of 2,500 rows; all of them are in the CSV.')).toBeVisible()
  await expect(panel.locator('tbody tr')).toHaveCount(200)
  await expect(pages).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await pages.getByRole('button', { name: 'Next' }).click()
  await expect(pages).toContainText('201 to 400 of 2,500')
  await settle(page)
  await page.emulateMedia({ media: 'print' })
  await expect(panel.getByText('Rows 201 to 400 of 2,500; all of them are in the CSV.')).toBeVisible()
})

test('blocked work counts all that is blocked', async ({ page }) => {
  const panel = await panelOf(page, 'blocked')
  await expect(panel).toContainText(`${OPEN / BLOCKED_EVERY} unfinished items are blocked at the end of the period, the 40 oldest of them`)
})
