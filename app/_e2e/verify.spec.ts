import { expect } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

const HOLDS = { area: 'tables', name: 'spans nest', is_met: true, figures: '12 rows' }

test('before a run: what it does, and how to start it', async ({ page }) => {
  await page.route('**/verify?kept=true', (route) => route.fulfill({ status: 204 }))
  await page.goto('/verify')
  await settle(page)
  await checkWidth(page)
  await checkA11y(page)
  await expect(page.getByRole('button', { name: 'Run all checks' })).toBeVisible()
  await expect(page.locator('main')).toContainText('npx streamgauge verify')
  await expect(page.getByRole('heading', { name: 'How it was published' })).toBeVisible()
})

test('the demo: all checks hold, each with its figures; the server keeps the result', async ({ page, request }) => {
  test.setTimeout(400_000)
  await page.goto('/verify')
  const start = page.getByRole('button', { name: 'Run all checks' })
  const result = page.getByTestId('verify-result')
  await expect(start.or(result)).toBeVisible()
  if (await start.isVisible()) {
    await start.click()
    await expect(page.getByRole('heading', { name: 'Checking' })).toBeVisible()
  }
  await expect(result).toBeVisible({ timeout: 380_000 })
  await expect(result.getByRole('heading')).toHaveText(/^All \d+ checks hold$/)
  await expect(result).toContainText('Seed of what is drawn at random: 1')
  const { id } = await (await request.get('/api/snapshots/current')).json()
  const kept = await request.get(`/api/snapshots/${id}/verify?kept=true`)
  expect(kept.status()).toBe(200)
  const { checks } = await kept.json()
  await expect(page.getByText('Holds', { exact: true })).toHaveCount(checks.length)
  for (const area of ['Files', 'Tables', 'Recount', 'Answers'])
    await expect(page.getByRole('heading', { name: area })).toContainText(/(\d+) of \1 check/)
  await checkWidth(page)
  await checkA11y(page)
  await page.reload()
  await expect(result).toBeVisible()
})

test('a check that fails stands first, with its figures; files stand last', async ({ page }) => {
  const checks = [
    HOLDS,
    { area: 'tables', name: 'intervals of an item do not overlap', is_met: false, figures: '3 of them differ, for example A-1' },
  ]
  await page.route('**/verify?kept=true', (route) => route.fulfill({ json: { snapshot: 'x', seed: 1, is_met: false, checks } }))
  await page.goto('/verify')
  await settle(page)
  await expect(page.getByTestId('verify-result').getByRole('heading')).toHaveText('1 of 2 checks fail')
  const first = page
    .getByRole('listitem')
    .filter({ hasText: /Holds|Fails/ })
    .first()
  await expect(first).toContainText('Fails')
  await expect(first).toContainText('for example A-1')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    /^1 of 2 checks fail/,
    /^How it was published/,
    /^Tables/,
    /^Recount/,
    /^Answers/,
    /^Files/,
  ])
  await checkA11y(page)
})
