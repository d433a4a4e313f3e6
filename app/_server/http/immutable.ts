import { createHash } from 'node:crypto'
import packageJson from '@/package.json'
import { parts } from '../parts'
import type { Body } from './body'
import { ENCODING_HEADER, encoded, encodingOf } from './encoding'

/** An answer that never changes: what it depends on, and how its bytes are made. */
export interface ImmutableAnswer {
  readonly request: Request
  /** Everything that the bytes depend on, beside the program's version. */
  readonly identity: readonly unknown[]
  readonly contentType: string
  readonly fileName?: string
  make(signal: AbortSignal): Promise<Body>
}

/**
 * Answers with a strong ETag and `immutable`; whoever has the answer already gets 304 and nothing is computed. During development
 * the program itself changes, so nothing is kept. What is kept is compressed once for all who accept it, under an ETag of its own; where
 * the server in front doesn't offer that, Next compresses by itself: JSON and CSV, not Arrow.
 */
export async function answerImmutable(answer: ImmutableAnswer): Promise<Response> {
  const { isDevelopment } = parts().environment
  const encoding = encodingOf(answer.request)
  const etag = etagOf([packageJson.version, ...answer.identity, ...(encoding ? [encoding] : [])])
  const headers = new Headers({ vary: 'Accept, Accept-Encoding' })
  headers.set('cache-control', isDevelopment ? 'no-store' : 'public, max-age=31536000, immutable')
  if (!isDevelopment) headers.set('etag', etag)
  if (!isDevelopment && isKnown(answer.request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })

  const make = async (signal: AbortSignal) => encoded(await answer.make(signal), encoding)
  const { request } = answer
  const body = isDevelopment ? await make(request.signal) : await parts().answers.get(etag, make, request.signal)
  headers.set('content-type', answer.contentType)
  if (answer.fileName !== undefined) headers.set('content-disposition', disposition(answer.fileName))
  if (body.encoding) headers.set(ENCODING_HEADER, body.encoding)
  return new Response(body.content(), { headers })
}

/** RFC 6266: names beyond ASCII stand encoded beside a plain one. */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '-')
  return `inline; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`}`
}

function etagOf(identity: readonly unknown[]): string {
  return `"${createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 27)}"`
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
