import { expect, type Locator, type Page } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

const STREAM = '/streams/web-shop/flow'
const PANELS = [
  'cumulative-flow',
  'scatterplot',
  'process-behaviour',
  'span-histogram',
  'littles-law',
  'throughput',
  'wip',
  'net-flow',
  'occupancy',
]

/** The drawer, once it tells its first answer. */
async function explanation(page: Page): Promise<Locator> {
  const drawer = page.getByRole('dialog', { name: /^How is this computed/ })
  await expect(drawer.locator('[data-explained]')).toBeVisible()
  await expect(drawer.locator('[aria-busy="true"]')).toHaveCount(0)
  return drawer
}

/** Opens the explanation of a panel from its foot. */
async function explainPanel(page: Page, panel: string): Promise<Locator> {
  await page.locator(`[data-panel="${panel}"]`).getByRole('button', { name: 'How is this computed?' }).click()
  return explanation(page)
}

const digits = (text: string | null) => Number((text ?? '').replace(/\D/g, ''))

async function itemCount(drawer: Locator): Promise<number> {
  return digits(await drawer.getByTestId('explain-count').locator('strong').textContent())
}

test('every panel of a stream says how it is computed, with its own parameters', async ({ page }) => {
  test.slow()
  await page.goto(`${STREAM}?span=lead`)
  await settle(page)
  await expect(page.locator('[data-panel]')).toHaveCount(PANELS.length)
  for (const panel of PANELS) {
    const drawer = await explainPanel(page, panel)
    for (const heading of ['Parameters in force', 'Items behind', 'Left out', 'SQL as run']) {
      await expect(drawer.getByRole('heading', { name: heading })).toBeVisible()
    }
    const parameters = drawer.locator('section', { has: page.getByRole('heading', { name: 'Parameters in force' }) })
    await expect(parameters).toContainText(/stream\s*web-shop\s*asked for/)
    await expect(drawer.locator('pre').first()).toContainText(/SELECT[\s\S]*FROM snapshot_/)
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  }
})

test('the number is as many items as are listed, page by page, and as the file holds', async ({ page, request }) => {
  test.slow()
  await page.goto(`${STREAM}?from=2025-06-01&to=2025-09-01`)
  await settle(page)
  const facts = await page.locator('[data-panel="throughput"] header p').textContent()
  const shown = digits(/([\d,]+) items? ·/.exec(facts ?? '')?.[1] ?? '')
  const drawer = await explainPanel(page, 'throughput')
  expect(await itemCount(drawer)).toBe(shown)
  await expect(drawer.getByTestId('explain-count')).toContainText('the same number')
  const rows = drawer.getByRole('region', { name: 'Items behind the number' }).locator('tbody tr')
  const keys = new Set<string>()
  for (;;) {
    await expect(drawer.locator('[aria-busy="true"]')).toHaveCount(0)
    for (const key of await rows.getByRole('link').allTextContents()) keys.add(key)
    const next = drawer.getByRole('button', { name: 'Next' })
    if (!(await next.isVisible()) || (await next.isDisabled())) break
    const before = await drawer.getByRole('status').textContent()
    await next.click()
    await expect(drawer.getByRole('status')).not.toHaveText(before ?? '')
  }
  expect(keys.size).toBe(shown)
  const address = await drawer.getByRole('link', { name: 'All items as CSV' }).getAttribute('href')
  const lines = (await (await request.get(address ?? '')).text()).trimEnd().split('\r\n')
  expect(lines[0]).toBe('stream_id,item_id,key,title,url,type,team,stage_id,status,started_on,finished_on,span_days')
  expect(lines.length - 1).toBe(shown)
})

test('every number of the portfolio has the button, and opens what it counts', async ({ page }) => {
  await page.goto('/')
  await settle(page)
  const kpis = page.locator('[data-kpi]')
  for (let at = 0; at < (await kpis.count()); at++)
    await expect(kpis.nth(at).getByRole('button', { name: /^How is .+ computed\?$/ })).toHaveCount(1)
  const streams = page.locator('[data-panel="streams"]')
  const figures = streams.getByRole('img', { name: /last value/ }).filter({ visible: true })
  const buttons = streams.getByRole('button', { name: /^How is .+ computed\?$/ }).filter({ visible: true })
  await expect(figures).toHaveCount(24)
  await expect(buttons).toHaveCount(24)
  for (const name of ['Throughput of Web shop', 'Items in progress of Payments platform']) {
    const title = name.split(' of ')[0] ?? ''
    const cell = streams.locator('span', { has: page.getByRole('button', { name: `How is ${name} computed?` }) }).filter({ visible: true })
    const label = await cell.getByRole('img', { name: new RegExp(`^${title}`) }).getAttribute('aria-label')
    await cell.getByRole('button').click()
    const drawer = await explanation(page)
    expect(await itemCount(drawer)).toBe(digits(label))
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
  }
})

test('by keyboard: opened, read, closed with Escape, and the focus is back', async ({ page }) => {
  await page.goto(STREAM)
  await settle(page)
  const button = page.locator('[data-panel="wip"]').getByRole('button', { name: 'How is this computed?' })
  await button.focus()
  await page.keyboard.press('Enter')
  const drawer = await explanation(page)
  await checkA11y(page)
  await checkWidth(page)
  await expect.poll(() => drawer.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(button).toBeFocused()
})

test('what is open stands in the address: shared, gone back from, and left for an item or the glossary', async ({ page }) => {
  await page.goto(STREAM)
  await settle(page)
  await explainPanel(page, 'scatterplot')
  await expect(page).toHaveURL(/[?&]explain=/)
  await page.goto(page.url())
  const drawer = await explanation(page)
  await drawer.getByText('Percentiles', { exact: true }).click()
  await expect(drawer.locator('[data-explained="span-percentiles"]')).toBeVisible()
  await drawer.getByRole('link', { name: 'Percentiles of the time to finish' }).click()
  await expect(page).toHaveURL(/\/glossary#metric-span-percentiles$/)
  await expect(page.locator('#metric-span-percentiles')).toBeInViewport()
  await page.goBack()
  await explanation(page)
  await page.getByRole('dialog').getByRole('region', { name: 'Items behind the number' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Life of the item' })).toBeVisible()
})

test('the items behind a mark are explained over their own drawer', async ({ page }) => {
  await page.goto(`${STREAM}?drill=status%3Dfinished%26from%3D2025-09-01%26to%3D2025-09-08&drillTitle=One+week`)
  const items = page.getByRole('dialog', { name: 'One week' })
  const count = digits(await items.getByTestId('drill-count').textContent())
  await items.getByRole('button', { name: 'How is One week computed?' }).click()
  const drawer = await explanation(page)
  expect(await itemCount(drawer)).toBe(count)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(items).toBeVisible()
})

test('what can’t be answered is told, with a way to try again', async ({ page, witness }) => {
  witness.allow(/503/)
  let isDown = true
  await page.route('**/explain?**', (route) => (isDown ? route.fulfill({ status: 503, body: 'busy' }) : route.continue()))
  await page.goto(STREAM)
  await settle(page)
  await page.locator('[data-panel="wip"]').getByRole('button', { name: 'How is this computed?' }).click()
  const alert = page.getByRole('dialog').getByRole('alert')
  await expect(alert).toContainText('The server answered 503')
  isDown = false
  await alert.getByRole('button', { name: 'Try again' }).click()
  await explanation(page)
})
