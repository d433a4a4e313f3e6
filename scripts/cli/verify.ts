import { readEnvironment } from '@/lib/config/environment'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { DEFAULT_SEED, verifyEverything } from '@/lib/metrics/verify/verify'
import { type DataOption, openStore } from './places'
import { plural, print, say } from './terminal'

/** `streamgauge verify [ID]`: prints each check; fails when one is not met. */
export async function verify(id: string | undefined, options: DataOption): Promise<void> {
  const store = openStore(options)
  const snapshot = await (id === undefined || id === 'current' ? store.current() : store.open(id))
  const { threads, memoryLimit } = readEnvironment()
  const engine = await openDuckdb({ readable: [store.folder], threads, memoryLimit })
  const failed: string[] = []
  let checks = 0
  try {
    for await (const { area, name, is_met, figures } of verifyEverything({ engine, snapshot })) {
      checks++
      if (!is_met) failed.push(name)
      print(`${is_met ? 'ok  ' : 'FAIL'}  ${area.padEnd(7)}  ${name}: ${figures}`)
    }
  } finally {
    await engine.close()
  }
  print(`Snapshot ${snapshot.id}: ${plural(checks - failed.length, 'check')} of ${checks} hold (seed ${DEFAULT_SEED})`)
  if (!failed.length) return
  say(`Not met: ${failed.join('; ')}`)
  process.exitCode = 1
}
