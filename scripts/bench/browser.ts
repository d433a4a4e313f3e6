import { type Browser, chromium, type Page } from '@playwright/test'
import { type Frames, timesOf, watchFrames, watchReady } from './browser-page'
import type { BenchData } from './data'
import { type Spread, spreadOf } from './quartiles'
import { type Served, startProduction } from './server'

const RUNS = 5
const VIEWPORT = { width: 1440, height: 900 }
const WITHIN_MS = 120_000
/** A gesture lasts so long, with a move of the pointer for each frame of a usual screen. */
const GESTURE_MS = 2_000
const MOVE_EVERY_MS = 16

/** Charts of a stream's flow page: the panel, and the question whose answer it draws. */
const CHARTS = [
  { panel: 'cumulative-flow', metric: 'cumulative-flow' },
  { panel: 'scatterplot', metric: 'span-density' },
] as const

/** What somebody sees of a stream in a real browser. */
export interface BrowserResult {
  readonly items: number
  readonly stream: string
  /** What the panel says it shows. */
  readonly scope: string
  /** From the last byte of a chart's answer until the chart is drawn, in ms. */
  readonly drawn: readonly { readonly chart: string; readonly afterAnswer: Spread; readonly afterStart: Spread }[]
  readonly gestures: readonly { readonly gesture: string; readonly frames: Frames }[]
}

/** Opens the flow page of the first stream in a browser, several times; then points, drags and zooms. */
export async function benchBrowser(data: BenchData, progress: (message: string) => void): Promise<BrowserResult> {
  const server = await (await startProduction(data.folder)).ready
  const browser = await chromium.launch(await launchOptions())
  try {
    const stream = data.snapshot.manifest.portfolio.streams[0]?.id ?? ''
    return { items: data.items, stream, ...(await measure({ browser, server, stream, progress })) }
  } finally {
    await browser.close()
    await server.stop()
  }
}

interface Measured {
  readonly browser: Browser
  readonly server: Served
  readonly stream: string
  progress(message: string): void
}

async function measure({ browser, server, stream, progress }: Measured): Promise<Omit<BrowserResult, 'items' | 'stream'>> {
  const address = `${server.url}/streams/${encodeURIComponent(stream)}/flow`
  const times = CHARTS.map(() => ({ afterAnswer: [] as number[], afterStart: [] as number[] }))
  // The first answers the questions, which the server then has; the browser has nothing of it in any run.
  for (let run = 0; run <= RUNS; run++) {
    progress(`browser, page ${run} of ${RUNS}`)
    const page = await opened(browser, address)
    for (const [index, chart] of CHARTS.entries()) {
      const found = await page.evaluate(timesOf, chart)
      if (run > 0) times[index]?.afterAnswer.push(found.drawn - found.answered)
      if (run > 0) times[index]?.afterStart.push(found.drawn)
    }
    await page.context().close()
  }
  progress('browser, gestures')
  const page = await opened(browser, address)
  const scope = (await page.locator('[data-panel="scatterplot"] header p').textContent()) ?? ''
  const gestures = await gesturesOn(page)
  await page.context().close()
  const drawn = CHARTS.map(({ panel }, index) => ({
    chart: panel,
    afterAnswer: spreadOf(times[index]?.afterAnswer ?? []),
    afterStart: spreadOf(times[index]?.afterStart ?? []),
  }))
  return { scope, drawn, gestures }
}

/** The page in a browser that knows nothing of it, when all that it asked for is drawn. */
async function opened(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
  // What runs this file names inner functions by a helper that pages don't have.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(watchReady)
  await page.goto(address)
  for (const { panel } of CHARTS) await page.locator(`[data-panel="${panel}"] [data-ready]`).waitFor({ timeout: WITHIN_MS })
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached', timeout: WITHIN_MS })
  return page
}

async function gesturesOn(page: Page): Promise<BrowserResult['gestures']> {
  const gestures: BrowserResult['gestures'][number][] = []
  for (const { panel } of CHARTS) {
    const chart = page.locator(`[data-panel="${panel}"] [data-chart]`)
    await chart.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    const box = await chart.boundingBox()
    if (!box) throw new Error(`The chart ${panel} is not on the page`)
    const at = (share: number) =>
      [box.x + box.width * (0.15 + 0.7 * share), box.y + box.height * (0.35 + 0.2 * Math.sin(share * 9))] as const
    gestures.push({ gesture: `pointer over ${panel}`, frames: await during(page, (share) => page.mouse.move(...at(share))) })
    if (panel !== 'scatterplot') continue
    await page.mouse.move(...at(0.2))
    await page.mouse.down()
    gestures.push({
      gesture: 'drawing the stretch to zoom to',
      frames: await during(page, (share) => page.mouse.move(...at(0.2 + share / 2))),
    })
    const zoomed = during(page, async () => {})
    await page.mouse.up()
    gestures.push({ gesture: 'zoom, until the closer picture is there', frames: await zoomed })
  }
  return gestures
}

/** Frames that the page paints while something is done, from the share of the time that is over. */
async function during(page: Page, act: (share: number) => Promise<void>): Promise<Frames> {
  const frames = page.evaluate(watchFrames, GESTURE_MS)
  const started = performance.now()
  for (let share = 0; share < 1; share = (performance.now() - started) / GESTURE_MS) {
    await act(share)
    await page.waitForTimeout(MOVE_EVERY_MS)
  }
  return frames
}

async function launchOptions(): Promise<Parameters<typeof chromium.launch>[0]> {
  const { browserLaunch } = (await import(new URL('../browser.mjs', import.meta.url).href)) as { browserLaunch(): object }
  return browserLaunch()
}
