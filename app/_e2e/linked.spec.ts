import { expect, type Page } from '@playwright/test'
import { settle, test } from './support/test'

const FLOW = '/streams/web-shop/flow'

test('a day that is pointed at in one chart is marked in the others that are seen', async ({ page }, { project }) => {
  test.skip(project.name.startsWith('phone'), 'a phone has no pointer that rests over a chart')
  await page.setViewportSize({ width: 1440, height: 2400 })
  await page.goto(FLOW)
  await settle(page)
  await expect(rules(page)).toHaveCount(0)
  const flow = page.locator('[data-panel="cumulative-flow"] [data-chart]')
  await flow.hover()
  const rule = page.locator('[data-panel="process-behaviour"] [data-linked-day]')
  await expect(rule).toBeVisible()
  await expect(flow.locator('[data-linked-day]')).toHaveCount(0)
  const day = await rule.getAttribute('data-linked-day')
  await expect.poll(() => rules(page).count()).toBeGreaterThan(2)
  for (const other of await rules(page).all()) await expect(other).toHaveAttribute('data-linked-day', day ?? '')
  await expect(page.locator('[data-panel="span-histogram"] [data-linked-day]'), 'lengths are no days').toHaveCount(0)
  await expectInside(page)
  await page.mouse.move(5, 5)
  await expect(rules(page)).toHaveCount(0)
})

test('the keys that walk through a chart mark the day in the others, too', async ({ page }, { project }) => {
  test.skip(project.name.startsWith('phone'), 'a phone has no arrow keys')
  await page.setViewportSize({ width: 1440, height: 2400 })
  await page.goto(FLOW)
  await settle(page)
  const figure = page.locator('[data-panel="throughput"] figure')
  await figure.focus()
  await page.keyboard.press('End')
  const first = await dayOf(page)
  await page.keyboard.press('PageUp')
  await expect.poll(() => dayOf(page)).toBeLessThan(first)
  await page.keyboard.press('Escape')
  await expect(rules(page)).toHaveCount(0)
})

test('the page is narrowed to what was selected in a picture, says so, and goes back', async ({ page }) => {
  const title = 'Finished in a week'
  const asked = new URLSearchParams({ stream: 'web-shop', type: 'feature', from: '2024-07-01', to: '2024-07-08', status: 'finished' })
  await page.goto(`${FLOW}?${new URLSearchParams({ drill: asked.toString(), drillTitle: title })}`)
  const drawer = page.getByRole('dialog', { name: title })
  const count = Number(/\d+/.exec((await drawer.getByTestId('drill-count').textContent()) ?? '')?.[0])
  await drawer.getByRole('button', { name: /^Narrow the page to Type .*1 .*7 Jul/ }).click()
  await expect(drawer).toBeHidden()
  await expect(page).toHaveURL(/type=feature/)
  await expect(page).toHaveURL(/from=2024-07-01&to=2024-07-08|to=2024-07-08/)
  await expect(page.locator('[data-panel="scatterplot"]')).toContainText(`${count} item`)
  await page.goBack()
  await expect(drawer).toBeVisible()
  await expect(page).not.toHaveURL(/[?&]type=feature/)
})

function rules(page: Page) {
  return page.locator('[data-linked-day]')
}

async function dayOf(page: Page): Promise<number> {
  return Number(await page.locator('[data-panel="cumulative-flow"] [data-linked-day]').getAttribute('data-linked-day'))
}

/** Every rule stands within its own chart. */
async function expectInside(page: Page): Promise<void> {
  for (const rule of await rules(page).all()) {
    const [own, chart] = [await rule.boundingBox(), await rule.locator('..').boundingBox()]
    if (!own || !chart) throw new Error('a rule without a place')
    expect(own.x).toBeGreaterThanOrEqual(chart.x)
    expect(own.x).toBeLessThanOrEqual(chart.x + chart.width)
    expect(own.height).toBeGreaterThan(chart.height / 3)
    expect(own.y + own.height).toBeLessThanOrEqual(chart.y + chart.height)
  }
}
