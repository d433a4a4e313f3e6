import { expect } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

interface MetricDoc {
  readonly name: string
  readonly title: string
  readonly columns: readonly { readonly name: string }[]
}

test('every metric of the registry stands in the glossary, with all that is said of it', async ({ page, request }) => {
  const { metrics } = (await (await request.get('/api/metrics')).json()) as { metrics: MetricDoc[] }
  await page.goto('/glossary')
  await settle(page)
  await checkWidth(page)
  await checkA11y(page)
  await expect(page.locator('article[id^="metric-"]')).toHaveCount(metrics.length)
  const entries = await page.locator('article[id^="metric-"]').evaluateAll((articles) =>
    articles.map((article) => ({
      id: article.id,
      title: article.querySelector('h3 a')?.textContent,
      columns: [...article.querySelectorAll('td:first-child')].map((cell) => cell.textContent),
      command: article.querySelector('pre')?.textContent?.split(' ').slice(0, 4).join(' '),
    })),
  )
  const expected = metrics.map(({ name, title, columns }) => ({
    id: `metric-${name}`,
    title,
    columns: columns.map((column) => column.name),
    command: `npx streamgauge query ${name}`,
  }))
  expect(entries).toEqual(expected)
})

test('each example is an address that answers', async ({ page, request }) => {
  await page.goto('/glossary')
  const examples = await page
    .locator('article a[href^="/api/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(examples.length).toBeGreaterThan(25)
  const statuses = await Promise.all(
    examples.filter((address) => !address.includes('=ITEM')).map(async (address) => [address, (await request.get(address)).status()]),
  )
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
})

test('the search finds metrics by the names that others give them', async ({ page }) => {
  await page.goto('/glossary')
  await settle(page)
  const entries = page.locator('article[id^="metric-"]').filter({ visible: true })
  const all = await entries.count()
  await page.getByRole('searchbox').fill('XmR')
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText('Process behaviour chart')
  await page.getByRole('searchbox').fill('no such thing')
  await expect(entries).toHaveCount(0)
  await expect(page.locator('main')).toContainText('No metric says “no such thing”')
  await page.getByRole('searchbox').fill('')
  await expect(entries).toHaveCount(all)
})

test('a parameter leads to where it is explained, and the side bar to the page', async ({ page }) => {
  await page.goto('/')
  await settle(page)
  // On a phone the side bar stands outside of the window until it is asked for.
  const isPhone = (page.viewportSize()?.width ?? 0) < 768
  if (isPhone) await page.locator('header').getByRole('button', { name: 'Show or hide the side bar' }).filter({ visible: true }).click()
  await page.getByRole('link', { name: 'Glossary' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary')
  await page.locator('#metric-throughput').getByRole('link', { name: 'rule' }).click()
  await expect(page.locator('#param-rule')).toBeInViewport()
  await expect(page.locator('#param-rule')).toContainText('The value it had when it finished')
})
