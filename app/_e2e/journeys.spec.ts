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
    readonly slowdown: { readonly stream: string; readonly team: string; readonly stage: string }
    readonly bottleneck: { readonly stream: string; readonly periods: readonly { readonly from: string; readonly queue: string }[] }
  }
}

interface DemoPortfolio {
  readonly streams: readonly {
    readonly id: string
    readonly name: string
    readonly stages: readonly { readonly id: string; readonly name: string }[]
  }[]
}

/** A file that the demo leaves beside its log. */
function demoFile(name: string): string {
  return readFileSync(join(process.env.STREAMGAUGE_DATA ?? 'data', 'demo-log', name), 'utf8')
}

function demoTruth(): Truth['findings'] {
  return (JSON.parse(demoFile('truth.json')) as Truth).findings
}

/** A stream of the demo and the name of one of its stages. */
function demoStage(stream: string, stage: string): { readonly stream: string; readonly stage: string } {
  const found = (parse(demoFile('portfolio.yaml')) as DemoPortfolio).streams.find(({ id }) => id === stream)
  const name = found?.stages.find(({ id }) => id === stage)?.name ?? ''
  expect(name, 'a stage that the truth names').not.toBe('')
  return { stream: found?.name ?? '', stage: name }
}

/** By the palette, which is there on a phone as well; done when the page of that path is there. */
async function goTo(page: Page, words: string, path: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('textbox', { name: 'Where to' })).toBeFocused()
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL((url) => url.pathname === path)
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
  const { stream, periods } = demoTruth().bottleneck
  const hidden = periods.at(-1)
  const { stage: name } = demoStage(stream, hidden?.queue ?? '')

  await page.goto('/')
  await settle(page)
  await goTo(page, 'mobile app map', `/streams/${stream}/map`)
  await page.getByRole('button', { name: /^Period:/ }).click()
  await page.getByRole('button', { name: 'This year', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`from=${hidden?.from}`))

  const evidence = panel(page, 'bottlenecks')
  await expect(evidence.locator('header + p')).toHaveText(new RegExp(`^${name} holds the flow up most`))
  await evidence.getByRole('button', { name, exact: true }).first().click()
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible()
})

test('an analyst finds the team and the stage behind a rise of flow time, where the demo hid them', async ({ page }, { project }) => {
  test.skip(project.name.startsWith('phone'), 'an analyst sits at a desk: on a phone the filters lie behind one button')
  test.slow()
  const hidden = demoTruth().slowdown
  const names = demoStage(hidden.stream, hidden.stage)

  await page.goto('/')
  const sentence = panel(page, 'what-changed').getByRole('link', {
    name: new RegExp(`^${names.stream}: 85 % now finish within .+, up from`),
  })
  await sentence.click()
  await expect(page).toHaveURL(new RegExp(`/streams/${hidden.stream}/flow`))
  await expect(panel(page, 'scatterplot').locator('[data-chart]')).toBeVisible()

  await page.getByRole('button', { name: /^Period:/ }).click()
  await page.getByRole('button', { name: '6 months', exact: true }).click()
  await expect(page).toHaveURL(/[?&]from=/)
  await goTo(page, 'explore', '/explore')
  await page.getByRole('button', { name: 'Stream', exact: true }).click()
  await page.getByRole('checkbox', { name: new RegExp(`^${names.stream}`) }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Metric', exact: true }).click()
  await page.getByRole('option', { name: 'Change between two periods', exact: true }).click()
  await page.getByRole('combobox', { name: 'Split by', exact: true }).click()
  await page.getByRole('option', { name: 'Team', exact: true }).click()
  await page.getByText('Rows', { exact: true }).click()
  const rows = panel(page, 'explore').getByRole('row')
  await expect(rows.filter({ hasText: 'signal' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'signal' })).toContainText(hidden.team)
  await expect(rows.filter({ hasText: 'could be noise' })).toHaveCount(1)

  await goTo(page, `${names.stream} map`, `/streams/${hidden.stream}/map`)
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('checkbox', { name: new RegExp(`^${hidden.team}`) }).check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`/streams/${hidden.stream}/map.*team=${hidden.team}`))
  const evidence = panel(page, 'bottlenecks')
  await expect(evidence.locator('header + p')).toHaveText(new RegExp(`^${names.stage} holds the flow up most`))
  await evidence.getByRole('button', { name: names.stage, exact: true }).first().click()
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible()
})
