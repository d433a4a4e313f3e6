import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { refusals } from '@/lib/testing/portability/portable-sql'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { parseDay } from '@/lib/time/day'
import type { Metric } from './define'
import { describeMetric } from './describe'
import type { RawParams } from './params'
import type { QueryRun } from './run'

const here = fileURLToPath(new URL('.', import.meta.url))
const README = readFileSync(path.join(here, 'README.md'), 'utf8')

describe('the example of the README', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamgauge-readme-'))
  let built: BuiltHistory
  let example: Metric

  beforeAll(async () => {
    const block = /```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? ''
    const file = path.join(folder, 'cancellations.ts')
    writeFileSync(file, inPlace(block))
    example = ((await import(/* @vite-ignore */ file)) as { cancellations: Metric }).cancellations
    // The one line of the registry.
    vi.doMock('./registry', async (original) => {
      const registry = await original<typeof import('./registry')>()
      return { ...registry, findMetric: (name: string) => (name === example.name ? example : registry.findMetric(name)) }
    })
    const items = [
      smallItem('1', '2024-03-04T10:00 Todo team=A', '2024-03-05T10:00 Rejected team=A'),
      smallItem(
        '2',
        '2024-03-04T10:00 Doing team=A',
        '2024-03-06T10:00 Rejected team=A',
        '2024-03-07T10:00 Doing team=A',
        '2024-03-12T10:00 Rejected team=B',
      ),
      smallItem('3', '2024-03-04T10:00 Doing team=B', '2024-03-19T10:00 Done team=B'),
    ]
    built = await buildHistory(smallHistory(smallStream('board', items)))
  })
  afterAll(async () => {
    vi.doUnmock('./registry')
    await built.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = async (params: RawParams, observe?: (run: QueryRun) => void) => {
    const { runMetric } = await import('./run')
    return toRows((await runMetric({ engine: built.engine, snapshot: built.snapshot, metric: example.name, params, observe })).table)
  }

  it('answers', async () => {
    expect((await ask({})).map((row) => [row.period_on, row.item_count, row.partial])).toEqual([
      [parseDay('2024-03-04'), 2, false],
      [parseDay('2024-03-11'), 1, false],
      [parseDay('2024-03-18'), 0, true],
    ])
    expect((await ask({ from_stage: 'started', grain: 'year' })).map((row) => row.item_count)).toEqual([2])
    expect((await ask({ groupBy: 'team', grain: 'year' })).map((row) => [row.group, row.item_count])).toEqual([
      ['A', 2],
      ['B', 1],
    ])
  })

  it('stands in portable SQL, and describes itself', async () => {
    const found: unknown[] = []
    await ask({ groupBy: 'team' }, ({ query }) => found.push(...refusals(built.engine.dialect.render(query).text)))
    expect(found).toEqual([])
    expect(describeMetric(example).params.map((param) => param.name)).toContain('from_stage')
  })

  it('stands behind a process behaviour chart like any other', async () => {
    const { runMetric } = await import('./run')
    const { table } = await runMetric({
      engine: built.engine,
      snapshot: built.snapshot,
      metric: 'process-behaviour',
      params: { metric: example.name, grain: 'day' },
    })
    expect(table.rowCount).toBe(16)
  })
})

it('the README names files that are there', () => {
  for (const [, name = ''] of README.matchAll(/^\| `([^`]+)` \|/gm)) {
    expect(existsSync(name.startsWith('data/') ? path.join(here, '../..', name) : path.join(here, name)), name).toBe(true)
  }
})

/** The block as if it stood in a folder beside `flow/`. */
function inPlace(block: string): string {
  return block.replaceAll(/from '(\.\.\/[^']+)'/g, (_, specifier: string) => `from '${path.join(here, 'flow', specifier)}'`)
}
