import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { encodeJson } from '@/lib/engine/encode/json'
import type { Engine } from '@/lib/engine/engine'
import { ORACLES } from '@/lib/metrics/oracle/oracle'
import { worldOf } from '@/lib/metrics/oracle/world'
import type { RawParams } from '@/lib/metrics/params'
import { type Answer, runMetric } from '@/lib/metrics/run'
import { NO_VALUE } from '@/lib/model/dimension'
import { type Snapshot, SnapshotStore } from '@/lib/snapshot/store'
import { differences, ROW_SHAPES } from '@/lib/testing/compare'
import { parseDay } from '@/lib/time/day'
import { makeSnapshot } from '@/scripts/cli/make-snapshot'
import { ASKED } from './asked'
import { questionOf, tinyHistory } from './raw'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const STAGES: Readonly<Record<string, string>> = {
  ...{ i: 'idea', r: 'ready', b: 'build', v: 'review', d: 'done', x: 'cancelled', '?': 'unmapped' },
  ...{ q: 'received', k: 'work', s: 'solved' },
}
const FIRST_DAY = parseDay('2024-03-18') ?? 0

describe('the tiny portfolio', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'streamgauge-tiny-'))
  let snapshot: Snapshot
  let engine: Engine
  const ask = (metric: string, params: RawParams): Promise<Answer> => runMetric({ engine, snapshot, metric, params })

  beforeAll(async () => {
    const store = new SnapshotStore(folder)
    await makeSnapshot(here('portfolio.yaml'), store, { progress: () => undefined })
    snapshot = await store.current()
    engine = await openDuckdb({ readable: [folder] })
  })
  afterAll(async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(Object.keys(ASKED))('%s answers as its golden', async (metric) => {
    const answers = []
    for (const params of ASKED[metric] ?? []) answers.push({ params, rows: JSON.parse(encodeJson((await ask(metric, params)).table)) })
    const file = here(`goldens/${metric}.json`)
    if (process.env.UPDATE_GOLDENS) writeFileSync(file, goldenText(answers))
    expect(answers).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  })

  it.each(Object.keys(ASKED).filter((name) => name in ORACLES))('%s answers as its naive definition', async (metric) => {
    const history = tinyHistory(snapshot.manifest.portfolio)
    for (const params of ASKED[metric] ?? []) {
      const rows = ORACLES[metric]?.(worldOf(history, questionOf(params))) ?? []
      const expected = rows.map((row) => ('group' in row ? { ...row, group: params.groupBy ? (row.group ?? NO_VALUE) : null } : row))
      const lines = differences(expected, toRows((await ask(metric, params)).table), ROW_SHAPES[metric] ?? { keys: [] })
      expect(lines, JSON.stringify(params)).toEqual([])
    }
  })

  it('stands each day where the README draws it', async () => {
    const drawn = readFileSync(here('README.md'), 'utf8').matchAll(/^(delivery|support) +(\w) {2,}(.+)$/gm)
    const lines = [...drawn].map(([, stream, item, days]) => ({ stream, item, stages: (days ?? '').trim().split(/ +/) }))
    expect(lines).toHaveLength(snapshot.manifest.counts.items)
    for (let day = FIRST_DAY; day <= snapshot.manifest.lastDay; day++) {
      const rows = toRows((await ask('items', { onDay: new Date(day * 86_400_000).toISOString().slice(0, 10) })).table)
      const standing = new Map(rows.map((row) => [`${row.stream_id} ${row.item_id}`, row.stage_id]))
      for (const { stream, item, stages } of lines) {
        expect(standing.get(`${stream} ${item}`), `${stream} ${item}, day ${day - FIRST_DAY}`).toBe(STAGES[stages[day - FIRST_DAY] ?? ''])
      }
    }
  })
})

/** A line a row, so that a golden can be read and compared. */
function goldenText(answers: readonly { params: RawParams; rows: readonly unknown[] }[]): string {
  const blocks = answers.map(({ params, rows }) => {
    const lines = rows.map((row) => `      ${JSON.stringify(row)}`).join(',\n')
    return `  {\n    "params": ${JSON.stringify(params)},\n    "rows": [\n${lines}\n    ]\n  }`
  })
  return `[\n${blocks.join(',\n')}\n]\n`
}
