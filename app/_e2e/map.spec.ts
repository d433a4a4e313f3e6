import { expect } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

const MAP = '/streams/web-shop/map'

test('the map says how much is waiting, and a stage opens the items behind its figures', async ({ page }) => {
  await page.goto(MAP)
  await settle(page)
  const panel = page.locator('[data-panel="value-stream-map"]')
  await expect(panel).toContainText(/Of .+\sdays? from .+ to .+, .+ (is|are) waiting/)
  await checkWidth(page)
  await checkA11y(page)
  await panel
    .getByRole('button', { name: /^Development/ })
    .first()
    .click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByTestId('map-count')).toHaveText(/^[\d,]+ items?$/)
  await expect(page).toHaveURL(/map=stage/)
  await page.goBack()
  await expect(drawer).toBeHidden()
})

test('what is said on how to read the map is of the map that is drawn', async ({ page }, { project }) => {
  await page.goto(MAP)
  await settle(page)
  const reading = page.getByRole('list', { name: 'How to read this map' })
  const [drawn, other] = project.name.startsWith('phone') ? ['Dashed: items wait', 'Triangle'] : ['Triangle: items wait', 'Between stages']
  await expect(reading).toContainText(drawn)
  await expect(reading).not.toContainText(other)
})

test('a map that has no width for a moment stays as it was drawn', async ({ page }) => {
  await page.goto(MAP)
  await settle(page)
  const drawn = await page.evaluate(async () => {
    const panel = document.querySelector('[data-panel="value-stream-map"]')
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const buttons = () => panel?.querySelectorAll('button').length
    const before = buttons()
    document.body.style.display = 'none'
    for (let passed = 0; passed < 6; passed++) await frame()
    return { before, hidden: buttons() }
  })
  expect(drawn.before).toBeGreaterThan(10)
  expect(drawn.hidden).toBe(drawn.before)
})

test('without a mouse: a loop opens the moves that it counts', async ({ page, isMobile }) => {
  test.skip(isMobile, 'no keyboard')
  await page.goto(MAP)
  await settle(page)
  const loop = page.getByRole('button', { name: /moves? back from Review to Development/ })
  const count = /^([\d,]+) move/.exec((await loop.getAttribute('aria-label')) ?? '')?.[1]
  await loop.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByTestId('moves-count')).toHaveText(new RegExp(`^${count} moves?$`))
})
