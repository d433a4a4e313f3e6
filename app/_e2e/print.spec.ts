import { expect, type Page } from '@playwright/test'
import { paletteOf } from '@/lib/charts/palette'
import { everyPage, PAGE_NAMES } from '../../scripts/pages.mjs'
import { settle, test } from './support/test'

const PAPERS = ['A4', 'Letter'] as const
/** Inside of the narrower paper, A4 with margins of 12 mm, px. */
const SHEET = 703
const FILTERS = 'team=Checkout,Search&type=feature&span=cycle&from=2025-01-01&to=2025-10-01'

test.skip(({ viewport }) => (viewport?.width ?? 0) < 1000, 'sheets are the same from every window')

for (const name of PAGE_NAMES) {
  test(`${name} fits the sheet and says what it is of`, async ({ page, baseURL }) => {
    const path = (await everyPage(baseURL ?? '')).get(name)
    expect(path, 'a page of this name').toBeDefined()
    await open(page, path ?? '/')
    const before = await page.evaluate(look)
    for (const paper of PAPERS) {
      const sheet = await print(page, paper)
      expect(sheet.head).toMatch(/(Filters?: .* · as of 30 Sept 2025|same under any filter)/i)
      expect(sheet.head).toMatch(/Data until 30 Sept 2025 · snapshot \w+ · http:/)
      expect(sheet.tooWide, 'wider than the sheet').toEqual([])
      expect(sheet.controls, 'for the screen only').toEqual([])
      expect(sheet.undrawn, 'charts of another width').toEqual([])
      expect(sheet.dark, 'charts for a dark screen').toEqual([])
      expect(sheet).toMatchObject({ scheme: 'light', paint: 'rgb(255, 255, 255)' })
    }
    await expect.poll(() => page.evaluate(look), 'as it was').toEqual(before)
  })
}

for (const address of ['/explore?split=team&view=heat', '/explore?split=team&view=multiples', '/explore?metric=items&view=rows']) {
  test(`${address} fits the sheet`, async ({ page }) => {
    await open(page, address)
    expect((await print(page, 'A4')).tooWide, 'wider than the sheet').toEqual([])
  })
}

test('every filter is named, on a stream’s page too', async ({ page }) => {
  await open(page, `/?${FILTERS}`)
  await page.emulateMedia({ media: 'print' })
  const head = page.locator('[data-print-head]')
  await expect(head).toContainText('Portfolio')
  await expect(head).toContainText(
    'Filters: Team Checkout, Search · Type feature · 1 Jan 2025 – 30 Sept 2025 · as of 30 Sept 2025 · span cycle',
  )
  await expect(head).toContainText(FILTERS)

  await page.emulateMedia({ media: 'screen' })
  await open(page, '/streams/web-shop/flow?team=Checkout&asOf=2025-06-30')
  await page.emulateMedia({ media: 'print' })
  await expect(head).toContainText('Web shop: Flow')
  await expect(head).toContainText('Filters: Stream Web shop · Team Checkout · Whole history · as of 30 Jun 2025')
})

test('tables come whole, long ones say how much of them is on paper', async ({ page }) => {
  await open(page, '/streams/web-shop/flow')
  const [wip, throughput] = [page.locator('[data-panel="wip"]'), page.locator('[data-panel="throughput"]')]
  for (const panel of [wip, throughput]) {
    await panel.getByRole('button', { name: 'Table' }).click()
    await expect(panel.locator('table')).toBeVisible()
  }
  const weeks = Number(await throughput.locator('table').getAttribute('aria-rowcount')) - 1
  await page.emulateMedia({ media: 'print' })
  await expect(wip.getByText(/^First 60 of 1,\d{3} rows; all of them are in the CSV\.$/)).toBeVisible()
  await expect(wip.locator('tbody tr')).toHaveCount(60)
  await expect(wip.locator('thead').getByRole('button')).toHaveCount(0)
  expect(weeks).toBeGreaterThan(100)
  await expect(throughput.locator('tbody tr')).toHaveCount(weeks)
  await expect(throughput.getByText(/First \d+ of/)).toHaveCount(0)
})

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  await settle(page)
}

interface Look {
  readonly scheme: string | null
  readonly paint: string
  readonly widths: readonly number[]
}

/** What a reader sees of colours and widths. */
function look(): Look {
  return {
    scheme: document.documentElement.getAttribute('data-mantine-color-scheme'),
    paint: getComputedStyle(document.body).backgroundColor,
    widths: [...document.querySelectorAll('[data-chart] :is(svg, canvas)')].map((picture) => picture.getBoundingClientRect().width),
  }
}

interface Sheet extends Omit<Look, 'widths'> {
  readonly head: string
  readonly tooWide: readonly string[]
  readonly controls: readonly string[]
  readonly undrawn: readonly string[]
  readonly dark: readonly string[]
}

/** Prints as the browser does, and tells what was there when the browser took the page: all has to be ready when its event is over. */
async function print(page: Page, paper: (typeof PAPERS)[number]): Promise<Sheet> {
  const seen = await page.evaluateHandle(watchSheet, { width: SHEET, inks: [paletteOf('dark').text, paletteOf('dark').textDim] })
  await page.pdf({ format: paper })
  return seen.evaluate(({ sheet }) => sheet)
}

function watchSheet({ width, inks }: { width: number; inks: readonly string[] }): { sheet: Promise<Sheet> } {
  const named = (element: Element) =>
    `${element.closest('[data-panel]')?.getAttribute('data-panel') ?? ''} ${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getBoundingClientRect().width > 1
  const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isSeen)
  const see = (): Sheet => ({
    scheme: document.documentElement.getAttribute('data-mantine-color-scheme'),
    paint: getComputedStyle(document.body).backgroundColor,
    head: document.querySelector('[data-print-head]')?.textContent ?? '',
    tooWide: all('main *')
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map(named),
    controls: all(
      'nav, [role="navigation"], [role="dialog"], .mantine-Button-root, [aria-label="Filters"], .mantine-SegmentedControl-root',
    ).map(named),
    undrawn: all('[data-chart]')
      .filter((box) => Math.abs((box.querySelector('svg, canvas')?.getBoundingClientRect().width ?? 0) - box.clientWidth) > 1)
      .map(named),
    dark: all('[data-chart] svg')
      .filter((picture) => inks.some((ink) => picture.outerHTML.includes(ink)))
      .map(named),
  })
  return { sheet: new Promise((resolve) => window.addEventListener('beforeprint', () => resolve(see()), { once: true })) }
}
