import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBuilt } from '../build.mjs'
import { ROOT } from '../paths.mjs'
import { freePort } from '../port.mjs'
import { nodeStep } from '../step.mjs'
import { smoke } from './smoke.mjs'

const MOST_NOTES = 40
/** Lines of a failure's own words. */
const MOST_WORDS = 8

/** The steps of the suite: ({scratch folder, args of the person, tally so far}) → result. */
export const STEPS = {
  check: async () => oneOf(await nodeStep([join(ROOT, 'scripts/check.mjs')]), 'npm run check'),

  vitest: ({ scratch, args }) => runVitest(scratch, args),

  long: ({ scratch, args }) => runVitest(scratch, ['--project', 'property', ...args], { LONG_RUN: '1' }),

  build: async () => oneOf((await ensureBuilt()) ? 0 : 1, 'npm run build'),

  demo: async ({ scratch }) => {
    const code = await nodeStep([join(ROOT, 'scripts/streamgauge.mjs'), 'demo', '--data', dataIn(scratch)])
    return oneOf(code, 'streamgauge demo')
  },

  smoke: async ({ scratch, tally }) => {
    requireSteps(tally)
    return smoke(dataIn(scratch))
  },

  e2e: async ({ scratch, args, tally }) => {
    requireSteps(tally)
    return runPlaywright(scratch, args)
  },
}

function dataIn(scratch) {
  return join(scratch, 'data')
}

function oneOf(code, what) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, notes: [`${what} ended with exit code ${code}`] }
}

function requireSteps(tally) {
  const lacking = ['build', 'demo'].filter((name) => !tally.hasPassed(name))
  if (lacking.length) throw new Error(`not run, because "${lacking.join('" and "')}" failed`)
}

async function runVitest(scratch, args, env = {}) {
  const report = join(scratch, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await nodeStep([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], { env })
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [] } = readReport(report)
  // A file that could not even be loaded has no test that failed.
  const unloaded = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  const failedTests = testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'failed').map((test) => withReason(test.fullName, test.failureMessages?.[0])),
  )
  const notes = [...unloaded.map((file) => `${file.name.replace(`${ROOT}/`, '')} could not be run`), ...failedTests]
  return resultOf(code, { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests, notes })
}

async function runPlaywright(scratch, args) {
  const report = join(scratch, 'playwright.json')
  const env = {
    STREAMGAUGE_DATA: dataIn(scratch),
    STREAMGAUGE_E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  }
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js')
  const code = await nodeStep([cli, 'test', '--reporter=line,json', ...args], { env })
  const { stats = {}, errors = [], suites = [] } = readReport(report)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats
  const notes = [...errors.map((error) => firstLine(error.message)), ...suites.flatMap(failedSpecs)]
  return resultOf(code, { passed: expected, failed: unexpected + flaky, skipped, notes })
}

/** Tests that failed, with the reason; with `--retries` those, too, that passed only when tried again. */
function failedSpecs(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').map((test) => specNote(spec, test)),
  )
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)]
}

function specNote(spec, { projectName, status, results }) {
  const word = status === 'flaky' ? 'passed only when tried again: ' : ''
  const { error } = results.find((result) => result.error) ?? {}
  return withReason(`${word}[${projectName}] ${spec.file}: ${spec.title}`, error?.message)
}

/** A title, and below it the first lines of what went wrong. */
function withReason(title, message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim())
    .slice(0, MOST_WORDS)
  return [title, ...lines.map((line) => `  ${line.trimEnd()}`)].join('\n')
}

/** A tool that fails without naming a failed test has failed all the same. */
function resultOf(code, { passed, failed, skipped, notes }) {
  const shown = notes.length > MOST_NOTES ? [...notes.slice(0, MOST_NOTES), `and ${notes.length - MOST_NOTES} more`] : notes
  if (code !== 0 && failed === 0) return { passed, failed: 1, skipped, notes: [...shown, `exit code ${code} without a failed test`] }
  if (passed === 0 && failed === 0) return { passed, failed: 1, skipped, notes: ['no test was run'] }
  return { passed, failed, skipped, notes: shown }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

function firstLine(text = '') {
  return text.split('\n')[0]
}
