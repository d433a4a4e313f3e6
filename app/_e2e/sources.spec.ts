import { expect } from '@playwright/test'
import { checkA11y, checkWidth, settle, test } from './support/test'

test('sources tell what was read, put right and kept', async ({ page }) => {
  await page.goto('/sources')
  await expect(page.locator('[data-panel="completeness"]')).toContainText('rows that were read are in the figures')
  await expect(page.locator('[data-panel="files"]')).toContainText('web-shop-001.parquet')
  await expect(page.locator('[data-panel="repairs"]')).toContainText('On hold (legal)')
  await expect(page.locator('[data-panel="snapshots"]')).toContainText('served now')
  await settle(page)
  await checkWidth(page)
  await checkA11y(page)
})
