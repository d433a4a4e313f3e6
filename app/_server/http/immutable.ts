import { createHash } from 'node:crypto'
import packageJson from '@/package.json'
import { parts } from '../parts'
import type { Encoding } from './negotiate'
import { type Packed, pack } from './pack'

/** An answer that never changes: what it depends on, and how its bytes are made. */
export interface ImmutableAnswer {
  readonly request: Request
  /** Everything that the bytes depend on, beside the program's version and the encoding. */
  readonly identity: readonly unknown[]
  readonly contentType: string
  readonly encoding: Encoding
  readonly fileName?: string
  make(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Answers with a strong ETag and `immutable`; whoever has the answer already gets 304 and nothing is computed. During development
 * the program itself changes, so nothing is kept.
 */
export async function answerImmutable(answer: ImmutableAnswer): Promise<Response> {
  const { isDevelopment } = parts().environment
  const etag = etagOf([packageJson.version, answer.encoding, ...answer.identity])
  const headers = new Headers({ vary: 'Accept, Accept-Encoding' })
  headers.set('cache-control', isDevelopment ? 'no-store' : 'public, max-age=31536000, immutable')
  if (!isDevelopment) headers.set('etag', etag)
  if (!isDevelopment && isKnown(answer.request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })

  const { bytes, encoding } = isDevelopment ? await packed(answer, answer.request.signal) : await kept(answer, etag)
  headers.set('content-type', answer.contentType)
  headers.set('content-length', String(bytes.length))
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  if (answer.fileName !== undefined) headers.set('content-disposition', `inline; filename="${answer.fileName}"`)
  return new Response(bytes, { headers })
}

function kept(answer: ImmutableAnswer, etag: string): Promise<Packed> {
  return parts().answers.get(etag, (signal) => packed(answer, signal), answer.request.signal)
}

async function packed(answer: ImmutableAnswer, signal: AbortSignal): Promise<Packed> {
  return pack(await answer.make(signal), answer.encoding)
}

function etagOf(identity: readonly unknown[]): string {
  return `"${createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 27)}"`
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
