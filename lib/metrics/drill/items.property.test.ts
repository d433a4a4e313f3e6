import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import type { RawParams } from '../params'
import { runMetric } from '../run'

const { seeds, timeout } = runSize()
const CASES = 12

/** What a question is narrowed to, and what is true of a row then. */
const NARROWED: readonly { readonly params: RawParams; readonly keeps: (row: Row) => boolean }[] = [
  { params: { blocked: 'yes' }, keeps: (row) => row.blocked === true },
  { params: { blocked: 'no' }, keeps: (row) => row.blocked === false },
  { params: { words: 'STORY e' }, keeps: (row) => holds(row, 'story') && holds(row, 'e') },
  { params: { words: '1' }, keeps: (row) => holds(row, '1') },
  { params: { words: ' % ' }, keeps: (row) => holds(row, '%') },
]
const AGED: typeof NARROWED = [
  { params: { ageFrom: '4' }, keeps: (row) => row.age_days !== null && Number(row.age_days) >= 4 },
  { params: { ageFrom: '2', ageTo: '9' }, keeps: (row) => row.age_days !== null && Number(row.age_days) >= 2 && Number(row.age_days) < 9 },
]

function holds({ key, title, type, team }: Row, word: string): boolean {
  return [key, title, type, team].some((text) =>
    String(text ?? '')
      .toLowerCase()
      .includes(word),
  )
}

const SORTED: Readonly<Record<string, (row: Row) => string | number | boolean | null>> = {
  age: ({ age_days }) => age_days ?? null,
  title: ({ title }) => String(title).toLowerCase(),
  type: ({ type }) => type ?? null,
  team: ({ team }) => team ?? null,
  started: ({ started_on }) => started_on ?? null,
  blocked: ({ blocked }) => blocked ?? null,
}

describe.each(seeds.filter((_, index) => index % 3 === 0))('items, seed %d', (seed) => {
  let built: BuiltHistory
  let cases: Case[]

  beforeAll(async () => {
    cases = drawCases(seed + 500_000, CASES, 2)
    built = await buildHistory(historyOf(cases))
  }, timeout)
  afterAll(() => built.close())

  const ask = async (params: RawParams): Promise<Row[]> =>
    toRows((await runMetric({ ...built, metric: 'items', params: { limit: 1000, ...params } })).table)
  const names = (rows: readonly Row[]) => rows.map((row) => `${row.stream_id}/${row.item_id}`)
  const asked = () => cases.flatMap((one) => one.questions.map((question) => paramsOf(question, 'items')))

  it('are those of all that are blocked, are as old or hold the words', { timeout }, async () => {
    await eachOf(asked(), 4, async (params) => {
      const all = await ask(params)
      const hasFinished = params.status === 'finished' && params.onDay === undefined
      for (const { params: own, keeps } of hasFinished ? NARROWED : [...NARROWED, ...AGED]) {
        const told = `seed ${seed} (SEED=${seed}): ${JSON.stringify({ ...params, ...own })}`
        expect(names(await ask({ ...params, ...own })), told).toEqual(names(all.filter(keeps)))
      }
    })
  })

  it('come sorted, what is missing last, and page by page as in one piece', { timeout }, async () => {
    await eachOf(asked(), 4, async (params) => {
      for (const [sort, sortedBy] of Object.entries(SORTED)) {
        for (const order of ['asc', 'desc']) {
          const told = `seed ${seed} (SEED=${seed}): ${JSON.stringify({ ...params, sort, order })}`
          const rows = await ask({ ...params, sort, order })
          const values = rows.map(sortedBy)
          expect(values, told).toEqual(values.toSorted((a, b) => compared(a, b, order === 'asc' ? 1 : -1)))
          const pages = [await ask({ ...params, sort, order, limit: 2 }), await ask({ ...params, sort, order, limit: 998, offset: 2 })]
          expect(names(pages.flat()), told).toEqual(names(rows))
        }
      }
    })
  })
})

function compared(a: string | number | boolean | null, b: string | number | boolean | null, sign: 1 | -1): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -sign : sign
}
