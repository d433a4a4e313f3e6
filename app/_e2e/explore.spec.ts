import { readFile } from 'node:fs/promises'
import { expect, type Locator, type Page } from '@playwright/test'
import { tableFromIPC } from 'apache-arrow'
import { checkA11y, checkWidth, settle, test } from './support/test'

const SCOPE = 'stream=web-shop&type=feature,defect&from=2025-03-01&to=2025-09-01'
const SAID = 'throughput_web-shop_type-feature-defect'
const PERIOD = '2025-03-01-to-2025-08-31'

/** Saves a panel by its menu. */
async function saved(page: Page, panel: Locator, item: RegExp): Promise<{ name: string; content: Buffer }> {
  await panel.getByRole('button', { name: /^Save as/ }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).first().click()])
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}

/** Chooses in a select by its label. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('combobox', { name: label, exact: true })
    .or(page.getByRole('textbox', { name: label, exact: true }))
    .first()
    .click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('someone exports what they see, and the file says what was filtered', async ({ page }) => {
  test.slow()
  await page.goto(`/streams/web-shop/flow?type=feature,defect&from=2025-03-01&to=2025-09-01`)
  await settle(page)
  const panel = page.locator('[data-panel="throughput"]')
  const shown = Number(/([\d,]+) items? ·/.exec((await panel.locator('header p').textContent()) ?? '')?.[1]?.replace(/\D/g, ''))

  const csv = await saved(page, panel, /^CSV for/)
  expect(csv.name).toMatch(new RegExp(`^${SAID}_grain-week_${PERIOD}_[0-9a-f]{20}\\.csv$`))
  const [head = '', ...rows] = csv.content.toString().trimEnd().split('\r\n')
  const count = head.split(',').indexOf('item_count')
  expect(rows.reduce((sum, row) => sum + Number(row.split(',')[count]), 0)).toBe(shown)

  const arrow = await saved(page, panel, /^Arrow/)
  const told = JSON.parse(tableFromIPC(arrow.content).schema.metadata.get('streamgauge') ?? '{}')
  expect(told).toMatchObject({ metric: 'throughput', from: '2025-03-01', to: '2025-09-01', params: { type: ['feature', 'defect'] } })

  const parquet = await saved(page, panel, /^Parquet/)
  expect(parquet.content.subarray(0, 4).toString()).toBe('PAR1')
  expect(parquet.content.toString('latin1')).toContain('"stream":["web-shop"]')

  const svg = await saved(page, panel, /^SVG/)
  const text = svg.content.toString()
  expect(svg.name).toMatch(new RegExp(`^${SAID}_grain-week_${PERIOD}_[0-9a-f]{20}\\.svg$`))
  expect(text).toContain('Filters: Stream Web shop · Type feature, defect · 1 Mar 2025')
  expect(text).toContain('>Throughput</text>')
  const isXml = await page.evaluate(
    (svgText) => !new DOMParser().parseFromString(svgText, 'image/svg+xml').querySelector('parsererror'),
    text,
  )
  expect(isXml).toBe(true)

  const png = await saved(page, panel, /^PNG/)
  expect(png.content.subarray(1, 4).toString()).toBe('PNG')
  expect(png.content.byteLength).toBeGreaterThan(10_000)
})

test('a picture is light in the dark scheme too', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`/explore?${SCOPE}`)
  await settle(page)
  const { content } = await saved(page, page.locator('[data-panel="explore"]'), /^SVG/)
  expect(content.toString()).toContain('fill="#ffffff"')
  expect(content.toString()).not.toContain('#1b1e22')
})

test('any metric, split, in every form; the link is the view', async ({ page }) => {
  test.slow()
  await page.goto(`/explore?${SCOPE}`)
  await settle(page)
  await choose(page, 'Metric', 'Work in progress')
  await expect(page).toHaveURL(/metric=wip/)
  await choose(page, 'Split by', 'Type')
  await expect(page).toHaveURL(/split=type/)
  await settle(page)
  const panel = page.locator('[data-panel="explore"]')
  await expect(panel.getByRole('heading', { name: 'Work in progress' })).toBeVisible()
  await expect(panel).toContainText('by type')
  await page.getByText('Small multiples', { exact: true }).click()
  await settle(page)
  await expect(panel.locator('[data-chart]')).toHaveCount(2)
  await page.getByText('Heat table', { exact: true }).click()
  await expect(panel.getByRole('rowheader', { name: 'defect' })).toBeVisible()
  await checkA11y(page)
  await page.getByText('Rows', { exact: true }).click()
  await expect(panel.getByRole('columnheader', { name: /Item count/ })).toBeVisible()

  const address = page.url()
  const other = await page.context().newPage()
  await other.goto(address)
  await expect(other.locator('[data-panel="explore"]').getByRole('columnheader', { name: /Item count/ })).toBeVisible()
  await other.close()

  await page.goBack()
  await expect(panel.getByRole('rowheader', { name: 'defect' })).toBeVisible()
  await page.goBack()
  await expect(panel.locator('[data-chart]')).toHaveCount(2)
  await page.goForward()
  await expect(panel.getByRole('rowheader', { name: 'defect' })).toBeVisible()
})

test('a number of the heat table opens how it came about', async ({ page }) => {
  await page.goto(`/explore?${SCOPE}&split=type&view=heat&grain=month`)
  await settle(page)
  const row = page.getByRole('row', { name: /^defect/ })
  const cell = row.getByRole('button').nth(1)
  const shown = Number(await cell.textContent())
  await cell.click()
  const drawer = page.getByRole('dialog', { name: /^How is this computed\? Throughput, / })
  await expect(drawer.getByTestId('explain-count').locator('strong')).toHaveText(new RegExp(`^${shown}\\b`))
})

test('two periods: what the test says, or that there is none; two scopes beside each other', async ({ page }) => {
  test.slow()
  await page.goto(`/explore?${SCOPE}&versus=period`)
  await settle(page)
  await expect(page.locator('[data-panel]')).toHaveCount(2)
  await expect(page.getByTestId('change-verdict')).toContainText(/Signal|Could be noise|Too little data/)
  await page.goto(`/explore?${SCOPE}&versus=period&metric=wip`)
  await expect(page.getByText('There is no test for this metric')).toBeVisible()
  await page.goto(`/explore?stream=web-shop&versus=slice&vsBy=stream&vsValue=payments&grain=month`)
  await settle(page)
  await expect(page.getByText('There is no test between two scopes')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Throughput: Web shop' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Throughput: Payments platform' })).toBeVisible()
  await checkA11y(page)
})

test('the SQL as run stands below; a metric that needs something says so', async ({ page }) => {
  await page.goto(`/explore?${SCOPE}`)
  await settle(page)
  await page.getByRole('button', { name: 'Show the SQL as run' }).click()
  await expect(page).toHaveURL(/sql=true/)
  await expect(page.locator('pre').first()).toContainText(/SELECT[\s\S]*FROM snapshot_/)
  await page.goto('/explore?metric=item-life')
  await expect(page.locator('#content').getByText('It needs “item”')).toBeVisible()
})

test('fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/explore?${SCOPE}&split=type&versus=period`)
  await settle(page)
  await checkWidth(page)
  await checkA11y(page)
})
