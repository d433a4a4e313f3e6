import type { Engine } from '../../engine/engine'
import type { Snapshot } from '../../snapshot/store'
import { recount } from '../../snapshot/verify/recount/recount'
import { verifySnapshot } from '../../snapshot/verify/verify'
import { answerChecks } from './answers'
import type { Check, Verifying } from './check'
import { recountChecks } from './recounted'

export const DEFAULT_SEED = 1

/** What a verification found, ready to be sent. */
export interface Verification {
  readonly snapshot: string
  readonly seed: number
  readonly is_met: boolean
  readonly checks: readonly Check[]
}

export interface VerifyOptions {
  readonly engine: Engine
  readonly snapshot: Snapshot
  /** Of the sample of a large history. */
  readonly seed?: number
  /** Changes up to which all of the history is recounted. */
  readonly mostChanges?: number
  readonly signal?: AbortSignal
}

/**
 * Everything that must hold of a snapshot (definitions §15), check by check: its files, its tables among themselves, a recount of its
 * history by plain loops against tables and answers, and its answers among themselves. What can't be computed does not hold.
 */
export async function* verifyEverything(options: VerifyOptions): AsyncGenerator<Check> {
  const { engine, snapshot, signal, seed = DEFAULT_SEED } = options
  let isReadable = true
  const files = guarded('tables', 'tables can be read', async function* () {
    for await (const check of verifySnapshot(engine, snapshot)) {
      signal?.throwIfAborted()
      const area = check.name.startsWith('file ') || check.name.startsWith('rows of ') ? 'files' : 'tables'
      if (area === 'files') isReadable &&= check.isMet
      yield { area, name: check.name, is_met: check.isMet, figures: check.detail } as const
    }
  })
  yield* files
  if (!isReadable) return
  await engine.attach(snapshot)
  const verifying: Verifying = { engine, snapshot, signal }
  yield* guarded('recount', 'the history can be recounted', async function* () {
    const recounted = await recount(engine, snapshot, { seed, mostChanges: options.mostChanges, signal })
    yield* recountChecks(verifying, recounted)
  })
  yield* guarded('answers', 'questions can be answered', () => answerChecks(verifying))
}

/** The whole of it. */
export async function verification(options: VerifyOptions): Promise<Verification> {
  const checks: Check[] = []
  for await (const check of verifyEverything(options)) checks.push(check)
  return { snapshot: options.snapshot.id, seed: options.seed ?? DEFAULT_SEED, is_met: checks.every((check) => check.is_met), checks }
}

/** A check that throws is one that does not hold, unless nobody wants to know any more. */
async function* guarded(area: Check['area'], name: string, checks: () => AsyncGenerator<Check>): AsyncGenerator<Check> {
  try {
    yield* checks()
  } catch (error) {
    const code = (error as { code?: string }).code
    if ((error as Error).name === 'AbortError' || code === 'cancelled') throw error
    yield { area, name, is_met: false, figures: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}
