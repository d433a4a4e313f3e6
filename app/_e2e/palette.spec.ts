import { expect } from '@playwright/test'
import { test } from './support/test'

test('the palette leads to a stream, a metric and an item without a mouse', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('ControlOrMeta+k')
  const search = page.getByRole('textbox', { name: 'Where to' })
  await expect(search).toBeFocused()
  await page.keyboard.type('payments map')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/streams\/payments\/map/)

  await page.keyboard.press('ControlOrMeta+k')
  await expect(search).toBeFocused()
  await page.keyboard.type('WEB-26')
  await expect(page.getByRole('button', { name: /^WEB-26/ }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/items\//)
})

test('the question mark shows the keys', async ({ page }) => {
  await page.goto('/glossary')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to a page')
})

test('the palette opens while a field or a switch has the focus', async ({ page }) => {
  await page.goto('/explore')
  const search = page.getByRole('textbox', { name: 'Where to' })
  for (const field of [page.getByRole('radio', { name: 'Rows' }), page.getByRole('combobox', { name: 'Metric', exact: true })]) {
    await field.focus()
    await page.keyboard.press('ControlOrMeta+k')
    await expect(search).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(search).toBeHidden()
  }
})
