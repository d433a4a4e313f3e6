import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { parse } from 'yaml'
import { settle, test } from './support/test'

// The other journeys stand where their parts are tested: sharing a link and reading the aging chart without a mouse in drill.spec.ts,
// exporting what is seen in explore.spec.ts.

const panel = (page: Page, id: string) => page.locator(`[data-panel="${id}"]`)

interface Truth {
  readonly findings: {
    readonly bottleneck: { readonly stream: string; readonly periods: readonly { readonly from: string; readonly queue: string }[] }
  }
}

interface DemoPortfolio {
  readonly streams: readonly { readonly id: string; readonly stages: readonly { readonly id: string; readonly name: string }[] }[]
}

/** A file that the demo leaves beside its log. */
function demoFile(name: string): string {
  return readFileSync(join(process.env.STREAMGAUGE_DATA ?? 'data', 'demo-log', name), 'utf8')
}

test('an executive finds which goal is at risk, why, and the work that serves it', async ({ page }) => {
  await page.goto('/')
  const sentence = panel(page, 'what-changed')
    .getByRole('link', { name: /is (off track|at risk)/ })
    .first()
  const said = (await sentence.textContent()) ?? ''
  const name = /“(.+)”/.exec(said)?.[1] ?? ''
  expect(name, 'the goal that the sentence names').not.toBe('')
  await sentence.click()
  await expect(page).toHaveURL(/#goal-/)
  const goal = page.getByRole('article', { name: `Goal: ${name}` })
  await expect(goal).toBeInViewport()
  await expect(goal.getByText(/Off track|At risk/).first()).toBeVisible()
  await expect(goal.getByText(/^The trend of the last \d+ points stands at .+ the path to /).first()).toBeVisible()

  const flow = goal.locator(`[aria-label="Flow that serves ${name}"]`)
  const finished = (await flow.getByRole('button').first().textContent()) ?? ''
  expect(finished, 'how many finished').toMatch(/^\d/)
  await flow.getByRole('button').first().click()
  await expect(page.getByRole('dialog').getByTestId('drill-count')).toContainText(`${finished} items`)
})

test('an analyst finds the stage that holds a stream up, where the demo hid it', async ({ page }) => {
  const { stream, periods } = (JSON.parse(demoFile('truth.json')) as Truth).findings.bottleneck
  const hidden = periods.at(-1)
  const { streams } = parse(demoFile('portfolio.yaml')) as DemoPortfolio
  const stages = streams.find(({ id }) => id === stream)?.stages ?? []
  const name = stages.find(({ id }) => id === hidden?.queue)?.name ?? ''
  expect(name, 'a stage that the truth names').not.toBe('')

  await page.goto('/')
  await settle(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('textbox', { name: 'Where to' })).toBeFocused()
  await page.keyboard.type('mobile app map')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/streams/${stream}/map`))
  await page.getByRole('button', { name: /^Period:/ }).click()
  await page.getByRole('button', { name: 'This year', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`from=${hidden?.from}`))

  const evidence = panel(page, 'bottlenecks')
  await expect(evidence.locator('header + p')).toHaveText(new RegExp(`^${name} holds the flow up most`))
  await evidence.getByRole('button', { name, exact: true }).first().click()
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible()
})
