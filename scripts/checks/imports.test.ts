import { describe, expect, it } from 'vitest'
import { checkCycles } from './cycles'
import { checkLayers } from './layers'
import { readProject } from './project'

const layers = (files: Record<string, string>) =>
  checkLayers(readProject(files)).map(({ path, message, reason }) => [path, message, reason])
const cycles = (files: Record<string, string>) => checkCycles(readProject(files)).map(({ message }) => message)

describe('who may import whom', () => {
  it('names the import that the table forbids, and why', () => {
    const found = layers({
      'lib/time/day.ts': "import { Stage } from '@/lib/model/stage'\n",
      'lib/model/stage.ts': 'export const Stage = 1\n',
    })
    expect(found).toEqual([
      [
        'lib/time/day.ts',
        'time may not import model (lib/model/stage.ts)',
        'the kernel is pure and stands alone, so that everything may rest on it',
      ],
    ])
  })

  it.each([
    ['a relative path', "import { a } from '../engine/engine'"],
    ['a type', "import type { a } from '@/lib/engine/engine'"],
    ['a type in place', "let x: import('@/lib/engine/engine').a"],
    ['a late import', "const x = await import('@/lib/engine/engine')"],
    ['handing on', "export { a } from '@/lib/engine/engine'"],
    ['handing on all', "export * from '@/lib/engine/engine'"],
    ['its effects alone', "import '@/lib/engine/engine'"],
  ])('sees a forbidden import by %s', (_how, text) => {
    expect(layers({ 'lib/model/a.ts': text, 'lib/engine/engine.ts': 'export type a = 1' })).toHaveLength(1)
  })

  it('lets pass what the table allows, and one’s own room and problem', () => {
    const files = {
      'lib/model/a.ts': "import { b } from './b'\nimport { p } from '@/lib/problem'\nimport { d } from '@/lib/time/day'",
      'lib/model/b.ts': 'export const b = 1',
      'lib/history/h.ts': "import { sql } from '@/lib/engine/sql'",
      'lib/engine/sql.ts': 'export const sql = 1',
      'lib/problem.ts': 'export const p = 1',
      'lib/time/day.ts': 'export const d = 1',
    }
    expect(layers(files)).toEqual([])
  })

  it('lets charts use types of metrics, and nothing that runs', () => {
    const metrics = { 'lib/metrics/run.ts': 'export type A = 1; export const run = 1' }
    expect(layers({ ...metrics, 'lib/charts/a.ts': "import type { A } from '@/lib/metrics/run'" })).toEqual([])
    expect(layers({ ...metrics, 'lib/charts/a.ts': "import { type A } from '@/lib/metrics/run'" })).toEqual([])
    expect(layers({ ...metrics, 'lib/charts/a.ts': "import { type A, run } from '@/lib/metrics/run'" })[0]?.[1]).toBe(
      "charts may use only types of metrics (import type … from '@/lib/metrics/run')",
    )
  })

  it('keeps metrics and modules of Node out of all that a browser loads', () => {
    const files = {
      'app/_ui/panel.tsx': "'use client'\nimport { help } from './help'",
      'app/_ui/help.ts': "import { run } from '@/lib/metrics/run'\nimport { join } from 'node:path'\nexport const help = 1",
      'app/page.tsx': "import { run } from '@/lib/metrics/run'\nimport { join } from 'node:path'",
      'lib/metrics/run.ts': 'export const run = 1',
    }
    expect(layers(files).map(([path, message]) => `${path}: ${message}`)).toEqual([
      "app/_ui/help.ts: app in the browser may use only types of metrics (import type … from '@/lib/metrics/run')",
      'app/_ui/help.ts: app in the browser may not import node:path',
    ])
  })

  it('keeps lib apart from app and scripts', () => {
    const files = {
      'lib/log.ts': "import { a } from '@/app/a'\nimport { b } from '@/scripts/b'",
      'app/a.ts': 'export const a = 1',
      'scripts/b.ts': 'export const b = 1',
    }
    expect(layers(files).map(([, message]) => message)).toEqual(['lib may not import app/a.ts', 'lib may not import scripts/b.ts'])
  })

  it('lets only tests import support of tests', () => {
    const testing = { 'lib/testing/build.ts': 'export const a = 1' }
    expect(layers({ ...testing, 'lib/metrics/run.ts': "import { a } from '@/lib/testing/build'" })[0]?.[2]).toMatch(
      'only tests may import it',
    )
    expect(layers({ ...testing, 'lib/metrics/run.test.ts': "import { a } from '@/lib/testing/build'" })).toEqual([])
    expect(layers({ ...testing, 'lib/demo/testing/a.ts': "import { a } from '@/lib/testing/build'" })).toEqual([])
  })
})

describe('cycles', () => {
  it('shows the way round, once', () => {
    const files = {
      'lib/a.ts': "import { b } from './b'",
      'lib/b.ts': "import { c } from './c'",
      'lib/c.tsx': "export { a } from './a'",
      'lib/d.ts': "import { a } from './a'",
    }
    expect(cycles(files)).toEqual(['cycle of run-time imports: lib/a.ts → lib/b.ts → lib/c.tsx → lib/a.ts'])
  })

  it('counts late imports and imports of oneself', () => {
    expect(cycles({ 'a.ts': "const b = import('./b')", 'b.ts': "import './a'" })).toHaveLength(1)
    expect(cycles({ 'a.ts': "import { a } from './a'" })).toEqual(['cycle of run-time imports: a.ts → a.ts'])
  })

  it('lets types go in a circle', () => {
    const back = { 'b.ts': "import { a } from './a'" }
    expect(cycles({ ...back, 'a.ts': "import type { b } from './b'" })).toEqual([])
    expect(cycles({ ...back, 'a.ts': "import { type b, type c } from './b'" })).toEqual([])
    expect(cycles({ ...back, 'a.ts': "export type { b } from './b'" })).toEqual([])
    expect(cycles({ ...back, 'a.ts': "import { type b, c } from './b'" })).toHaveLength(1)
  })
})
