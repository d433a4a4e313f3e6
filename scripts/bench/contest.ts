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
  /** Its first answer in ms, which opens files and reads what stays in memory. */
  readonly firstMs?: number
  readonly rows?: number
  readonly bytes?: number
  readonly refused?: string
}

export interface ContestOptions {
  /** Columns whose sums must be those of the first contender. */
  readonly figures: readonly string[]
  readonly budgetMs: number
}

const FEWEST_TURNS = 3
const MOST_TURNS = 5
/** In its turn who is quick becomes warm again for so long. */
const WARM_AGAIN_MS = 50
/** And then answers as often as fits into this time, at most so often. */
const TURN_MS = 25
const MOST_ANSWERS = 10
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
    if (found?.timing) times.set(name, [...(times.get(name) ?? []), ...(await takeTurn(found.contender, found.timing.isQuick))])
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
  /** How many turns it has; absent for who gave another answer or none. */
  readonly timing?: { readonly runs: number; readonly isQuick: boolean }
}

async function qualify(contender: Contender, options: ContestOptions, expected: Fingerprint | undefined): Promise<Qualified> {
  const { name } = contender
  try {
    collectGarbage()
    const { ms, table, bytes } = await answer(contender)
    const found = table && fingerprint(table, options.figures)
    const refused = found && expected ? howTheyDiffer(found, expected) : undefined
    const result = { name, firstMs: ms, rows: table?.rowCount, bytes, refused }
    if (refused !== undefined) return { contender, result, found }
    const warm = ms > COLD_MS ? ms : await warmUp(contender, WARM_UP_MS)
    const isQuick = warm <= WARM_UP_MS
    const turnMs = isQuick ? Math.max(WARM_AGAIN_MS, warm) + Math.max(TURN_MS, warm) : warm
    const runs = ms > SLOW_MS ? 1 : runsWithin(options.budgetMs, turnMs, FEWEST_TURNS, MOST_TURNS)
    return { contender, result, found, timing: { runs, isQuick } }
  } catch (error) {
    const refused = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { contender, result: { name, refused } }
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/**
 * Its times in one turn. Nobody pays for what another left in memory; and since a collection leaves everybody's code and caches cold,
 * who is quick becomes warm again beforehand, and then answers as often as a turn allows.
 */
async function takeTurn(contender: Contender, isQuick: boolean): Promise<number[]> {
  collectGarbage()
  if (!isQuick) return [(await answer(contender)).ms]
  await warmUp(contender, WARM_AGAIN_MS)
  const times: number[] = []
  const end = performance.now() + TURN_MS
  do times.push((await answer(contender)).ms)
  while (times.length < MOST_ANSWERS && performance.now() < end)
  return times
}

/** From question to Arrow bytes. */
async function answer(contender: Contender): Promise<{ ms: number; table?: ColumnTable; bytes?: number }> {
  const started = performance.now()
  const table = await contender.run()
  const bytes = table && encodeArrow(table).length
  return { ms: performance.now() - started, table, bytes }
}

async function warmUp(contender: Contender, duration: number): Promise<number> {
  const end = performance.now() + duration
  let ms = 0
  do ms = (await answer(contender)).ms
  while (performance.now() < end)
  return ms
}
