import type { Engine } from './engine'
import { sql } from './sql'

/** Asks the engine the smallest question. @throws Problem when it can't answer */
export async function ping(engine: Engine, signal: AbortSignal): Promise<void> {
  await engine.query(sql`SELECT 1 AS ok`, { signal })
}
