import { expect, it } from 'vitest'
import { type Builder, openBuilder } from '@/lib/engine/duckdb/builder'
import { ident, join, type Sql, sql } from '@/lib/engine/sql'
import { CORE_DIMENSIONS, dimensionColumn } from '@/lib/model/dimension'
import { Rng } from '@/lib/stats/rng'
import { runSize } from '@/lib/testing/run-size'
import { createWords } from '../walk/words'
import { type Cube, cubesOf, LEVELS } from './cubes'
import { summed } from './make'

const { seeds, timeout } = runSize()
const ROWS = 2_000
const SLICE = ['stream_id', ...CORE_DIMENSIONS.map(dimensionColumn)]
const [WIDEST] = cubesOf(LEVELS, CORE_DIMENSIONS).slice(-1)
/** Around those at which a code takes a bit or a byte more. */
const WORD_COUNTS = [1, 2, 3, 4, 7, 8, 255, 256, 257, 4_095, 4_096, 65_535, 65_536]

function widestCube(): Cube {
  if (!WIDEST) throw new Error('there is no cube over all dimensions')
  return WIDEST
}

function wordsOf(count: number): string[] {
  return Array.from({ length: count }, (_, code) => `${code}`.padStart(6, '0'))
}

/** Facts whose streams and dimensions are out of these texts. */
async function drawFacts(builder: Builder, texts: readonly (string | null)[], rng: Rng): Promise<void> {
  const slice = SLICE.map((name) => ({ name, kind: 'text' as const, values: Array.from({ length: ROWS }, () => rng.pick(texts)) }))
  const day = { name: 'day', kind: 'int' as const, values: Int32Array.from({ length: ROWS }, () => rng.int(3)) }
  await builder.run(sql`CREATE TABLE drawn (${join(SLICE.map((name) => sql`${ident(name)} VARCHAR`))}, day INTEGER)`)
  await builder.append('drawn', { rowCount: ROWS, columns: [...slice, day] })
}

/** The first and the last, none at all, and some. */
function fewOf(words: readonly string[], rng: Rng): (string | null)[] {
  return [words[0] ?? null, words.at(-1) ?? null, null, rng.pick(words), rng.pick(words)]
}

/** The drawn facts as those of a cube, texts as they are or as codes. */
function factsAs(type: 'VARCHAR' | 'words'): Sql {
  const slice = SLICE.map((name) => sql`CAST(${ident(name)} AS ${ident(type)}) AS ${ident(name)}`)
  return sql`(SELECT ${join(slice)}, day, 1 AS position, 1 AS mark, 'open' AS status, 1 AS item_delta FROM drawn)`
}

async function inDatabase(words: readonly string[], work: (builder: Builder) => Promise<void>): Promise<void> {
  const builder = await openBuilder({ threads: 1 })
  try {
    await createWords(builder, words)
    await work(builder)
  } finally {
    builder.close()
  }
}

it.each(seeds)('rows come in the order of texts where these are codes, however many there are, seed %i', { timeout }, async (seed) => {
  for (const count of WORD_COUNTS) {
    const words = wordsOf(count)
    await inDatabase(words, async (builder) => {
      const rng = Rng.of(seed).split(count)
      await drawFacts(builder, fewOf(words, rng), rng)
      const expected = await builder.rows(summed(widestCube(), factsAs('VARCHAR'), []))
      expect(expected.length).toBeGreaterThan(50)
      expect(await builder.rows(summed(widestCube(), factsAs('words'), [], count)), `${count} words`).toEqual(expected)
    })
  }
})

it('what is absent comes last among as many texts as an enumeration can have', async () => {
  const words = wordsOf(4)
  await inDatabase(words, async (builder) => {
    await drawFacts(builder, [...words, null], Rng.of(1))
    const expected = await builder.rows(summed(widestCube(), factsAs('VARCHAR'), []))
    for (const count of [2 ** 15 - 1, 2 ** 15, 2 ** 20 - 1, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])
      expect(await builder.rows(summed(widestCube(), factsAs('words'), [], count)), `${count} words`).toEqual(expected)
  })
})

it('there are no rows of no facts, and only some without values of facts that have none', async () => {
  await inDatabase(['only'], async (builder) => {
    await drawFacts(builder, [null], Rng.of(1))
    const cube = summed(widestCube(), factsAs('words'), [], 1)
    const rows = await builder.rows(cube)
    expect(rows.map((row) => [...SLICE.map((name) => row[name]), row.day])).toEqual([0, 1, 2].map((day) => [...SLICE.map(() => null), day]))
    await builder.run(sql`DELETE FROM drawn`)
    expect(await builder.rows(cube)).toEqual([])
  })
})

it.each([
  [3, 1],
  [4_095, 1],
  [4_096, 2],
  [2 ** 20 - 1, 2],
  [2 ** 20, 3],
  [2 ** 31 - 1, 3],
  [2 ** 31, 5],
])('%i words are sorted by as few numbers as hold a stream and four dimensions: %i', (words, numbers) => {
  const text = summed(widestCube(), sql`drawn`, [], words).texts.join('?')
  expect(text.split('<<')).toHaveLength(SLICE.length - numbers + 1)
})
