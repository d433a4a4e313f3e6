import { stat } from 'node:fs/promises'
import path from 'node:path'
import { verification } from '@/lib/metrics/verify/verify'
import { Problem, showValue } from '@/lib/problem'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'
import { askerOf } from './asker'
import { wholeBody } from './body'

/**
 * Verifies a snapshot, as JSON. A result is kept while the files are as they were: two requests at once share one verification, and a file
 * that was touched is looked at again. With `kept=true` 204 tells that there is no result yet, and nothing is run.
 */
export async function answerVerification(request: Request, snapshot: Snapshot): Promise<Response> {
  const files = await Promise.all(snapshot.manifest.files.map(({ name }) => stampOf(path.join(snapshot.folder, name))))
  const key = JSON.stringify(['verify', snapshot.id, ...files])
  if (isKeptAskedFor(request) && !parts().answers.has(key)) return new Response(null, { status: 204, headers: HEADERS })
  const body = await parts().answers.get(
    key,
    async (signal) => {
      const engine = await parts().engine(askerOf(request))
      return wholeBody(new TextEncoder().encode(JSON.stringify(await verification({ engine, snapshot, signal }))))
    },
    request.signal,
  )
  return new Response(body.content(), { headers: { ...HEADERS, 'content-type': 'application/json; charset=utf-8' } })
}

const HEADERS = { 'cache-control': 'no-cache' }

function isKeptAskedFor(request: Request): boolean {
  const asked = new URL(request.url).searchParams.get('kept')
  if (asked === null || asked === 'true' || asked === 'false') return asked === 'true'
  throw new Problem('bad-parameter', 'The snapshot can’t be verified as asked', {
    faults: [{ where: 'kept', message: 'is not one of the allowed values', value: showValue(asked), allowed: ['true', 'false'] }],
  })
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  return found ? `${found.size} ${found.mtimeMs} ${found.ino}` : 'absent'
}
