import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { sharedData } from '@/scripts/testing/shared-data'
import { type OwnServer, serveLog } from './support/own-server'
import { settle, test } from './support/test'

// The pages show the figures that a plain program computed from the same log. Needs logs that are not part of the project.

const shared = sharedData('the pages on a real event log')
const WIP = { '2016-03-15': '1,796', '2016-03-31': '1,481', '2016-04-30': '1,195', '2016-05-15': '1,239', '2016-05-31': '1,180' }
const DAY_MS = 86_400_000

test.skip(!shared, 'no real event logs here')
test.describe.configure({ mode: 'serial' })

let server: OwnServer

test.beforeAll(async () => {
  test.setTimeout(180_000)
  const portfolio = path.resolve(import.meta.dirname, '../../scripts/real-data/uci-incidents.yaml')
  server = await serveLog(portfolio, path.join(shared ?? '', 'data/uci-incidents/incident_event_log.csv.gz'))
})

test.afterAll(() => server?.close())

async function open(page: Page, search: string): Promise<void> {
  await page.goto(`${server.url}/streams/incidents/flow?span=lead&${search}`)
  await settle(page)
}

/** The rows of the table twin of a panel's picture. */
async function tableOf(page: Page, panel: string): Promise<string[][]> {
  const place = page.locator(`[data-panel="${panel}"]`)
  await place.getByRole('button', { name: 'Table' }).click()
  await expect(place.getByRole('cell').first()).toBeVisible()
  return place
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => [...row.querySelectorAll('td, [role="cell"]')].map((cell) => cell.textContent ?? '')))
}

test('lead times', async ({ page }) => {
  await open(page, 'unit=days')
  await expect(page.locator('[data-panel="scatterplot"]')).toContainText('85 % of 24,918 items finished within 11 days, half within 2 days')
  await open(page, 'unit=elapsed')
  await expect(page.locator('[data-panel="scatterplot"]')).toContainText('85 % of 24,918 items finished within 10.3 days')
})

test('work in progress', async ({ page }) => {
  test.slow()
  for (const [day, count] of Object.entries(WIP)) {
    const next = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)
    await open(page, `from=${day}&to=${next}`)
    expect((await tableOf(page, 'wip')).map((row) => row[1])).toEqual([count])
  }
})

test('finished items of each week', async ({ page }) => {
  const { weekly } = JSON.parse(await readFile(path.join(shared ?? '', 'data/uci-incidents/reference_figures.json'), 'utf8'))
  const [from, to] = ['2016-03-28', '2016-04-25']
  const weeks = Object.entries<[number, number]>(weekly).filter(([on]) => on >= from && on < to)
  await open(page, `from=${from}&to=${to}`)
  const shown = (await tableOf(page, 'throughput')).map((row) => row[1])
  expect(shown.toSorted()).toEqual(weeks.map(([, [, finished]]) => finished.toLocaleString('en-GB')).toSorted())
})
