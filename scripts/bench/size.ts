import { openDuckdb } from '@/lib/engine/duckdb/engine'
import type { Engine } from '@/lib/engine/engine'
import { runMetric } from '@/lib/metrics/run'
import { type Contender, contest, type Result } from './contest'
import type { BenchData } from './data'
import { LOOP, OURS, SCAN } from './names'
import { openClickhouse } from './rivals/clickhouse'
import { extractFacts, type Facts } from './rivals/facts'
import { openPlainDuckdb, type PlainDuckdb } from './rivals/plain-duckdb'
import { openPostgres } from './rivals/postgres'
import type { Rival } from './rivals/rival'
import { openSqlite } from './rivals/sqlite'
import { viewsOf } from './views/list'
import type { RivalQuestion, View } from './views/view'

/** One view at one size: who was how fast. Ours is the first result. */
export interface ViewResult {
  readonly view: string
  readonly metric: string
  readonly params: Readonly<Record<string, string>>
  readonly results: readonly Result[]
}

/** Who takes part at a size, and who can't. */
export interface SizeResult {
  readonly items: number
  readonly changes: number
  readonly madeIn: BenchData['madeIn']
  readonly rivals: readonly { readonly name: string; readonly about: string }[]
  readonly missing: readonly { readonly name: string; readonly why: string }[]
  readonly views: readonly ViewResult[]
}

export interface SizeOptions {
  /** Where the rivals' packages lie. */
  readonly packages: string
  /** Databases to take part; `none` leaves ours, the scan and the loop. */
  readonly rivals: readonly string[]
  /** Only views whose name holds this. */
  readonly only: string
  readonly budgetMs: number
  progress(message: string): void
}

const OPENERS: readonly { readonly id: string; readonly name: string; open(facts: Facts, packages: string): Promise<Rival> }[] = [
  { id: 'postgres', name: 'PostgreSQL', open: openPostgres },
  { id: 'sqlite', name: 'SQLite', open: openSqlite },
  { id: 'clickhouse', name: 'ClickHouse in process', open: openClickhouse },
]

/** All views of one size, everybody by turns. */
export async function benchSize(data: BenchData, options: SizeOptions): Promise<SizeResult> {
  const { progress } = options
  const { manifest } = data.snapshot
  progress('facts for the other databases')
  const facts = await extractFacts(data.snapshot, data.folder, options.packages)
  const plain = await openPlainDuckdb(facts, options.packages)
  const { rivals, missing } = await openRivals(facts, options)
  const engine = await openDuckdb({ readable: [data.store.folder], derived: data.store.derivedFolder })
  try {
    const views: ViewResult[] = []
    for (const view of viewsOf(facts).filter(({ name }) => name.includes(options.only))) {
      progress(view.name)
      const contenders = [oursOf(engine, data, view), ...(await othersOf(view, plain, [plain, ...rivals]))]
      const results = await contest(contenders, { figures: view.figures, budgetMs: options.budgetMs })
      views.push({ view: view.name, metric: view.metric, params: view.params, results })
    }
    const about = [plain, ...rivals].map((rival) => ({ name: rival.name, about: rival.about }))
    return { items: manifest.counts.items, changes: manifest.counts.changes, madeIn: data.madeIn, rivals: about, missing, views }
  } finally {
    for (const rival of [plain, ...rivals]) await rival.close()
    await engine.close()
  }
}

async function openRivals(facts: Facts, options: SizeOptions): Promise<{ rivals: Rival[]; missing: { name: string; why: string }[] }> {
  const rivals: Rival[] = []
  const missing: { name: string; why: string }[] = []
  for (const { id, name, open } of OPENERS) {
    if (!options.rivals.includes(id)) continue
    options.progress(`${name}: load and index`)
    try {
      rivals.push(await open(facts, options.packages))
    } catch (error) {
      missing.push({ name, why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) })
    }
  }
  return { rivals, missing }
}

function oursOf(engine: Engine, { snapshot }: BenchData, { metric, params }: View): Contender {
  return { name: OURS, run: async () => (await runMetric({ engine, snapshot, metric, params })).table }
}

async function othersOf({ rival: question }: View, plain: PlainDuckdb, rivals: readonly Rival[]): Promise<Contender[]> {
  if (!question) return []
  const scan = {
    name: SCAN,
    run: async () => {
      await plain.ask(question.scan)
      return undefined
    },
  }
  const databases = rivals.flatMap((rival) => askingOf(rival, question))
  return [scan, ...databases, ...(await loopOf(question, plain))]
}

function askingOf(rival: Rival, question: RivalQuestion): Contender[] {
  const asking = (name: string, statements: readonly string[], finish = question.finish): Contender => ({
    name,
    run: async () => {
      const answers = []
      for (const statement of statements) answers.push(await rival.ask(statement))
      return finish(answers)
    },
  })
  const plainly = asking(rival.name, question.statements(rival))
  const { cubed } = question
  return rival.hasCubes && cubed ? [plainly, asking(`${rival.name} given our cubes`, cubed.statements, cubed.finish)] : [plainly]
}

async function loopOf(question: RivalQuestion, plain: PlainDuckdb): Promise<Contender[]> {
  const { loop, finish } = question
  if (!loop) return []
  const columns = await plain.columns(loop.table, loop.columns)
  return [{ name: LOOP, run: async () => finish([loop.run(columns)]) }]
}
