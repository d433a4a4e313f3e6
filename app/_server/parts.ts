import { type Environment, readEnvironment, servedFolder } from '@/lib/config/environment'
import { AnswerCache } from '@/lib/engine/answer-cache'
import { openDuckdb } from '@/lib/engine/duckdb/engine'
import { type Engine, engineFor } from '@/lib/engine/engine'
import { SnapshotStore } from '@/lib/snapshot/store'
import { EventLoopWatch } from './event-loop'
import type { Body } from './http/body'

/** What all requests of the process share. */
export interface Parts {
  readonly environment: Environment
  readonly store: SnapshotStore
  readonly answers: AnswerCache<Body>
  readonly eventLoop: EventLoopWatch
  /** Opened with the first question. On whose behalf it is asked decides whose turn it is. */
  engine(asker: string): Promise<Engine>
}

const KEY = Symbol.for('streamgauge.parts')
const shared = globalThis as { [KEY]?: Parts }

/** The one engine and the one store of this process; they outlive a hot reload. */
export function parts(): Parts {
  shared[KEY] ??= createParts()
  return shared[KEY]
}

function createParts(): Parts {
  const environment = readEnvironment()
  const store = new SnapshotStore(servedFolder(environment))
  let opening: Promise<Engine> | undefined
  const open = () => {
    const { threads, memoryLimit, querySeconds, queueLength } = environment
    opening ??= openDuckdb({ readable: [store.folder], derived: store.derivedFolder, threads, memoryLimit, querySeconds, queueLength })
    opening.catch(() => {
      opening = undefined
    })
    return opening
  }
  const engine = async (asker: string) => engineFor(await open(), asker)
  return { environment, store, answers: new AnswerCache<Body>(), eventLoop: new EventLoopWatch(), engine }
}
