import { expect, it } from 'vitest'
import { type Row, toRows } from '@/lib/engine/columns'
import { ident, join, type Sql, sql } from '@/lib/engine/sql'
import { METRICS } from '@/lib/metrics/registry'
import { runMetric } from '@/lib/metrics/run'
import { STAYS } from '@/lib/snapshot/projections'
import { drawBatches } from '@/lib/testing/batches'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { type Case, drawCases, eachOf, historyOf } from '@/lib/testing/cases'
import { paramsOf } from '@/lib/testing/questions'
import { runSize } from '@/lib/testing/run-size'
import { CUBE_FAMILIES, cubesOf, measureColumn } from '../cubes/cubes'
import { rowCounts } from '../store'

const { seeds, histories, timeout } = runSize()
/** Four builds each, of which three go batch by batch. */
const FEWER = 2
const COUNT = 4
/** Its one item is asked for by what else compares tables. */
const ASKED = METRICS.filter(({ name }) => name !== 'item-life')

/** Rows of a table without the numbers of items, in an order of their own. */
async function rowsOf({ engine, snapshot }: BuiltHistory, table: string): Promise<unknown[]> {
  await engine.attach(snapshot)
  const own = engine.dialect.table(snapshot.id, table)
  const columns = toRows(await engine.query(sql`SELECT * FROM ${own} AS own LIMIT 0`))
  expect(columns).toEqual([])
  const named = toRows(await engine.query(sql`DESCRIBE SELECT * FROM ${own} AS own`)).map((row) => String(row.column_name))
  return toRows(await engine.query(queryOf({ engine, snapshot }, table, named)))
}

function queryOf({ engine, snapshot }: Pick<BuiltHistory, 'engine' | 'snapshot'>, table: string, columns: readonly string[]): Sql {
  const own = engine.dialect.table(snapshot.id, table)
  const cube = CUBE_FAMILIES.flatMap((family) => cubesOf(family, snapshot.manifest.dimensions)).find((one) => one.table === table)
  if (cube) {
    const isMeasure = (column: string) =>
      cube.family.measures.some((measure) => column === measureColumn(measure, '') || column.startsWith(`${measure.name}_`))
    const keys = columns.filter((column) => !isMeasure(column)).map(ident)
    const sums = columns.filter(isMeasure).map((column) => sql`CAST(sum(${ident(column)}) AS DOUBLE) AS ${ident(column)}`)
    const isAny = columns.filter(isMeasure).map((column) => sql`sum(${ident(column)}) <> 0`)
    return sql`SELECT ${join([...keys, ...sums])} FROM ${own} AS own GROUP BY ${join(keys)} HAVING ${join(isAny, ' OR ')} ORDER BY ALL`
  }
  if (!columns.includes('item_ix') || table === 'items')
    return sql`SELECT * ${columns.includes('item_ix') ? sql`EXCLUDE (item_ix)` : sql``} FROM ${own} AS own ORDER BY ALL`
  const items = engine.dialect.table(snapshot.id, 'items')
  return sql`SELECT named.stream_id AS of_stream, named.item_id AS of_item, own.* EXCLUDE (item_ix) FROM ${own} AS own
    JOIN ${items} AS named ON named.item_ix = own.item_ix ORDER BY ALL`
}

/** Which item is shown as an example of what was put right is not told. */
function withoutExamples({ example_keys: _examples, ...row }: Row): Row {
  return row
}

async function answersOf({ engine, snapshot }: BuiltHistory, cases: readonly Case[]): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>()
  const asked = cases.flatMap(({ questions }) => questions.flatMap((question) => ASKED.map(({ name }) => ({ name, question }))))
  await eachOf(asked, 4, async ({ name, question }) => {
    const { table } = await runMetric({ engine, snapshot, metric: name, params: paramsOf(question, name) })
    answers.set(`${name} ${JSON.stringify(question)}`, toRows(table).map(withoutExamples))
  })
  return answers
}

async function expectEqual(grown: BuiltHistory, whole: BuiltHistory, cases: readonly Case[]): Promise<void> {
  const { identity, counts, firstDay, lastDay, repairs, states, warnings } = whole.snapshot.manifest
  expect(grown.snapshot.id).toBe(whole.snapshot.id)
  expect(grown.snapshot.manifest).toMatchObject({ identity, counts, firstDay, lastDay, states, warnings })
  const counted = (all: typeof repairs) => all.map(({ streamId, rule, rowCount }) => ({ streamId, rule, rowCount }))
  expect(counted(grown.snapshot.manifest.repairs)).toEqual(counted(repairs))
  for (const table of whole.snapshot.tables.keys()) {
    const rows = await rowsOf(grown, table)
    expect(rows, table).toEqual(await rowsOf(whole, table))
    if (!table.startsWith('cube_') && table !== STAYS) expect(rowCounts(grown.snapshot.manifest).get(table), table).toBe(rows.length)
  }
  const answers = await answersOf(whole, cases)
  for (const [question, answer] of await answersOf(grown, cases)) expect(answer, question).toEqual(answers.get(question))
}

it.each(seeds.slice(0, Math.max(1, seeds.length / 6)))(
  'what is added batch by batch is what is built at once, seed %d',
  { timeout },
  async (seed) => {
    const cases = drawCases(seed + 500_000, histories / FEWER, 1)
    const history = historyOf(cases)
    const batches = drawBatches(history, seed, COUNT)
    const whole = await buildHistory(history, { batches: { ...batches, areAdded: false } })
    const grown = await buildHistory(history, { batches: { ...batches, areAdded: true } })
    const inParts = await buildHistory(history, { partChanges: 20, batches: { ...batches, areAdded: true } })
    const compacted = await buildHistory(history, { batches: { ...batches, areAdded: true, mostIncrements: 2 } })
    try {
      expect(grown.snapshot.manifest.increments?.count, 'nothing was read anew').toBe(COUNT - 1)
      expect(compacted.snapshot.manifest.increments, 'increments were put together').toBeUndefined()
      await expectEqual(grown, whole, cases)
      expect(inParts.snapshot.manifest.files.some(({ isAdded, name }) => isAdded && name.endsWith('spells-002.parquet'))).toBe(true)
      await expectEqual(inParts, whole, cases)
      await expectEqual(compacted, whole, cases)
    } finally {
      for (const built of [whole, grown, inParts, compacted]) await built.close()
    }
  },
)
