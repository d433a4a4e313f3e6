import { describe, expect, it } from 'vitest'
import { checkHomes } from './homes'
import { readProject } from './project'

const found = (path: string, text: string) =>
  checkHomes(readProject({ [path]: text })).map(({ message, reason }) => `${message}, because ${reason}`)

describe('one home each', () => {
  it.each([
    ['app/_ui/panel.tsx', 'echarts.init(node)', /echarts\.init: .*use <Chart>/],
    ['app/_ui/panel.tsx', "import { init } from 'echarts/core'", /echarts\.init/],
    ['lib/metrics/run.ts', "import { DuckDBInstance } from '@duckdb/node-api'", /@duckdb\/node-api: .*engine interface/],
    ['lib/engine/engine.ts', "import type { DuckDBInstance } from '@duckdb/node-api'", /@duckdb/],
    ['lib/engine/read.ts', "await import('@duckdb/node-bindings')", /@duckdb/],
    ['lib/log.ts', 'process.env.LEVEL', /process\.env: .*environment\.ts/],
    ['lib/log.ts', "globalThis.process['env']", /process\.env/],
    ['lib/log.ts', 'const { env } = process', /process\.env/],
    ['lib/log.ts', "import { env } from 'node:process'", /process\.env/],
    ['app/page.tsx', 'const a = <b c={Date.now()} />', /Date\.now: .*take the instant as an argument/],
    ['lib/time/day.ts', 'new Date()', /new Date/],
    ['lib/time/day.ts', 'Date()', /new Date/],
    ['lib/time/day.ts', 'const now = performance.now', /performance\.now/],
    ['lib/time/day.ts', 'Temporal.Now.instant()', /Temporal\.Now/],
    ['lib/stats/a.ts', 'Math.random()', /Math\.random: .*rng\.ts/],
    ['lib/stats/a.test.ts', 'Math.random()', /Math\.random/],
  ])('%s: %s', (path, text, message) => {
    const messages = found(path, text)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(message)
  })

  it.each([
    ['app/_ui/chart.tsx', 'echarts.init(node)'],
    ['lib/engine/duckdb/read.ts', "import { DuckDBInstance } from '@duckdb/node-api'"],
    ['lib/config/environment.ts', 'process.env.LEVEL'],
    ['scripts/streamgauge.mjs', 'process.env.INIT_CWD'],
    ['next.config.ts', 'process.env.CI'],
    ['lib/log.test.ts', 'process.env.LEVEL; performance.now()'],
    ['scripts/cli/make-snapshot.ts', 'new Date()'],
    ['lib/time/day.ts', 'new Date(0); Date.UTC(2020, 1); Math.round(1); own.init(); const text = "Math.random()" // Date.now()'],
  ])('lets pass %s: %s', (path, text) => {
    expect(found(path, text)).toEqual([])
  })
})
