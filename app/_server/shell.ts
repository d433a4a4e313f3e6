import { headers } from 'next/headers'
import { cache } from 'react'
import { Problem } from '@/lib/problem'
import type { Manifest } from '@/lib/snapshot/manifest'
import type { ShellData, ShellSnapshot } from '../_ui/shell-data'
import { currentManifest } from './store'

/** What every page is drawn with; read once a request. Without a snapshot only the language. */
export const shellData = cache(async (): Promise<ShellData> => {
  const locale = firstLocale((await headers()).get('accept-language'))
  const manifest = await currentManifest().catch(knownProblem)
  if (manifest instanceof Problem) return { locale, problem: manifest.toBody() }
  if (!manifest) return { locale }
  return { locale, snapshot: summary(manifest), portfolio: withoutSources(manifest) }
})

/** What can be told to a person is shown on the page; anything else is an error of the program. */
function knownProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

/** First language of the request that Intl knows, else British English. */
function firstLocale(header: string | null): string {
  const asked = (header ?? '').split(',')[0]?.split(';')[0]?.trim()
  try {
    return Intl.getCanonicalLocales(asked || 'en-GB')[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
}

function summary({ id, createdAt, firstDay, lastDay, counts, warnings, dimensions }: Manifest): ShellSnapshot {
  return { id, createdAt, firstDay, lastDay, itemCount: counts.items, warnings, dimensions }
}

/** Where data comes from is nobody's business in a browser. */
function withoutSources({ portfolio }: Manifest): Manifest['portfolio'] {
  return { ...portfolio, streams: portfolio.streams.map((stream) => ({ ...stream, sources: [] })) }
}
