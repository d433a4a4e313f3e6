import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ColumnTable } from '@/lib/engine/columns'
import { encodeArrow } from '@/lib/engine/encode/arrow'
import { type Fingerprint, fingerprint, howTheyDiffer } from './fingerprint'
import { type Spread, spreadOf } from './quartiles'
import { interleaved, runsWithin } from './rounds'

/** Somebody who answers a view. One without an answer only touches the data: the bare scan. */
export interface Contender {
  readonly name: string
  run(): Promise<ColumnTable | undefined>
}

/** How a contender did: its times in ms, or why it was not timed. */
export interface Result {
  readonly name: string
  readonly spread?: Spread
  readonly rows?: number
  readonly bytes?: number
  readonly refused?: string
}

export interface ContestOptions {
  /** Columns whose sums must be those of the first contender. */
  readonly figures: readonly string[]
  readonly budgetMs: number
}

const FEWEST_RUNS = 3
const MOST_RUNS = 21
/** Whoever takes longer is run once more after the warm-up, and that is all. */
const SLOW_MS = 4_000
/** After its first answer a contender gets so much longer to become warm, and is quick if it then answers within that time. */
const WARM_UP_MS = 150
/** The first answer also opens files: only who takes longer than this for it won't be quick. */
const COLD_MS = 1_000

/** Each answers once and is compared with the first; who agrees is warmed up and timed, all of them by turns. */
export async function contest(contenders: readonly Contender[], options: ContestOptions): Promise<Result[]> {
  const qualified: Qualified[] = []
  let expected: Fingerprint | undefined
  for (const contender of contenders) {
    const one = await qualify(contender, options, expected)
    qualified.push(one)
    expected ??= one.found
  }
  const times = new Map<string, number[]>()
  const planned = qualified.flatMap(({ contender: { name }, timing }) => (timing ? [{ name, runs: timing.runs }] : []))
  for (const name of interleaved(planned)) {
    const found = qualified.find(({ contender }) => contender.name === name)
    if (found?.timing) times.set(name, [...(times.get(name) ?? []), (await timed(found.contender, found.timing.isQuick)).ms])
  }
  return qualified.map(({ result }): Result => {
    const own = times.get(result.name)
    return own ? { ...result, spread: spreadOf(own) } : result
  })
}

interface Qualified {
  readonly contender: Contender
  readonly result: Result
  readonly found?: Fingerprint
  /** How often it is to be timed; absent for who gave another answer or none. */
  readonly timing?: { readonly runs: number; readonly isQuick: boolean }
}

async function qualify(contender: Contender, options: ContestOptions, expected: Fingerprint | undefined): Promise<Qualified> {
  const { name } = contender
  try {
    const { ms, table, bytes } = await timed(contender, false)
    const found = table && fingerprint(table, options.figures)
    const refused = found && expected ? howTheyDiffer(found, expected) : undefined
    const result = { name, rows: table?.rowCount, bytes, refused }
    if (refused !== undefined) return { contender, result, found }
    const warm = ms > COLD_MS ? ms : await warmUp(contender)
    const isQuick = warm <= WARM_UP_MS
    const runs = ms > SLOW_MS ? 1 : runsWithin(options.budgetMs, isQuick ? 2 * warm : warm, FEWEST_RUNS, MOST_RUNS)
    return { contender, result, found, timing: { runs, isQuick } }
  } catch (error) {
    const refused = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { contender, result: { name, refused } }
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/**
 * From question to Arrow bytes. Nobody pays for what another left in memory, and since a collection leaves everybody's code cold, who is
 * quick answers once more beforehand.
 */
async function timed(contender: Contender, isQuick: boolean): Promise<{ ms: number; table?: ColumnTable; bytes?: number }> {
  collectGarbage()
  if (isQuick) await answer(contender)
  return answer(contender)
}

async function answer(contender: Contender): Promise<{ ms: number; table?: ColumnTable; bytes?: number }> {
  const started = performance.now()
  const table = await contender.run()
  const bytes = table && encodeArrow(table).length
  return { ms: performance.now() - started, table, bytes }
}

async function warmUp(contender: Contender): Promise<number> {
  const end = performance.now() + WARM_UP_MS
  let ms = 0
  do ms = (await answer(contender)).ms
  while (performance.now() < end)
  return ms
}
