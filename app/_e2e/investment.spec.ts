import { expect, type Page } from '@playwright/test'
import { checkA11y, settle, test } from './support/test'

const panel = (page: Page, id: string) => page.locator(`[data-panel="${id}"]`)

test('investment says how much of the finished work serves no goal', async ({ page }) => {
  await page.goto('/')
  const investment = panel(page, 'investment')
  await expect(investment.getByText(/^In .+ \d+\s% of [\d,.]+ finished items served no goal\./)).toBeVisible()
  await expect(investment.getByRole('list', { name: 'Goals' }).getByText('No goal')).toBeVisible()
})

test('a row of investment opens as many items as it counts', async ({ page }) => {
  await page.goto('/?goal=fraud-screening')
  await settle(page)
  const investment = panel(page, 'investment')
  await investment.getByRole('button', { name: 'Table' }).click()
  const row = investment.getByRole('row').nth(1)
  const count = (await row.getByRole('cell').nth(1).textContent()) ?? ''
  await row.getByRole('button').click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByTestId('drill-count')).toHaveText(new RegExp(`^${count} items?`))
  await page.goBack()
  await expect(drawer).toBeHidden()
})

test('the kind of split and the figure stand in the address', async ({ page }) => {
  await page.goto('/')
  const investment = panel(page, 'investment')
  await investment.getByText('Type', { exact: true }).click()
  await investment.getByText('In progress', { exact: true }).click()
  await expect(page).toHaveURL(/investBy=type/)
  await expect(page).toHaveURL(/invest=wip/)
  await expect(investment.getByRole('heading', { name: 'Investment by type' })).toBeVisible()
  await expect(investment.getByText(/the largest part of [\d,.]+\sitems in progress was/)).toBeVisible()
  await investment.getByText('Time, 85 %', { exact: true }).click()
  await expect(investment.getByText(/85\s% finished within/).last()).toBeVisible()
  await checkA11y(page)
})

test('a goal shows the flow that serves it, and its items', async ({ page }) => {
  await page.goto('/')
  const goals = panel(page, 'goals')
  await expect(goals.getByText(/\d+\s% of [\d,.]+ finished items serve a goal/)).toBeVisible()
  const open = goals
    .getByLabel(/^Flow that serves /)
    .first()
    .getByRole('button')
    .nth(1)
  const count = (await open.textContent()) ?? ''
  expect(count, 'how many are in progress').toMatch(/^\d/)
  await open.click()
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toHaveText(new RegExp(`\\b${count} items?`))
})
