import { stat } from 'node:fs/promises'
import path from 'node:path'
import { verification } from '@/lib/metrics/verify/verify'
import type { Snapshot } from '@/lib/snapshot/store'
import { parts } from '../parts'

/**
 * Verifies a snapshot, as JSON. A result is kept while the files are as they were: two requests at once share one verification, and a file
 * that was touched is looked at again.
 */
export async function answerVerification(request: Request, snapshot: Snapshot): Promise<Response> {
  const files = await Promise.all(snapshot.manifest.files.map(({ name }) => stampOf(path.join(snapshot.folder, name))))
  const key = JSON.stringify(['verify', snapshot.id, ...files])
  const bytes = await parts().answers.get(
    key,
    async (signal) => {
      const engine = await parts().engine()
      return new TextEncoder().encode(JSON.stringify(await verification({ engine, snapshot, signal })))
    },
    request.signal,
  )
  return new Response(bytes, { headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' } })
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  return found ? `${found.size} ${found.mtimeMs} ${found.ino}` : 'absent'
}
