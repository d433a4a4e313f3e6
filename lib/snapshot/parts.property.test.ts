import { expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { sql } from '@/lib/engine/sql'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { drawCases, historyOf } from '@/lib/testing/cases'
import { runSize } from '@/lib/testing/run-size'

const { seeds, timeout } = runSize()

/** Rows of a table in the order of its files. */
async function rowsOf({ engine, snapshot }: BuiltHistory, table: string): Promise<unknown[]> {
  await engine.attach(snapshot)
  return toRows(await engine.query(sql`SELECT * FROM ${engine.dialect.table(snapshot.id, table)} AS whole`))
}

it(`a history that is followed part by part gives the same tables, seed ${seeds[0]}`, { timeout }, async () => {
  const history = historyOf(drawCases(seeds[0] ?? 1, 60, 1))
  const whole = await buildHistory(history)
  const parts = await buildHistory(history, { partChanges: 40 })
  try {
    expect(parts.snapshot.tables.get('visits')?.length).toBeGreaterThan(1)
    expect(parts.snapshot.id).toBe(whole.snapshot.id)
    expect([...parts.snapshot.tables.keys()].sort()).toEqual([...whole.snapshot.tables.keys()].sort())
    for (const table of whole.snapshot.tables.keys()) expect(await rowsOf(parts, table), table).toEqual(await rowsOf(whole, table))
  } finally {
    await whole.close()
    await parts.close()
  }
})

it(`cubes that are summed up part by part are those of the whole, seed ${seeds[0]}`, { timeout }, async () => {
  const history = historyOf(drawCases(seeds[0] ?? 1, 60, 1))
  const whole = await buildHistory(history)
  const parts = await buildHistory(history, { partChanges: 40, fewSpells: 0 })
  try {
    const all = [...whole.snapshot.tables.keys()].filter((table) => table.startsWith('cube_'))
    const tables = all.filter((table) => !table.endsWith('_by_all'))
    expect(tables.length).toBeLessThan(all.length)
    expect([...parts.snapshot.tables.keys()].filter((table) => table.startsWith('cube_')).sort()).toEqual(tables.sort())
    for (const table of tables) expect(await rowsOf(parts, table), table).toEqual(await rowsOf(whole, table))
  } finally {
    await whole.close()
    await parts.close()
  }
})
