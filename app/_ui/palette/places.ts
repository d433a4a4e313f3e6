import type { Portfolio } from '@/lib/model/portfolio'

/** Somewhere to go. */
export interface Place {
  readonly id: string
  readonly group: string
  readonly label: string
  readonly description?: string
  readonly href: string
  /** Other words by which it is found. */
  readonly words?: string
}

const PAGES: readonly { readonly path: string; readonly label: string; readonly description: string; readonly words: string }[] = [
  { path: '/', label: 'Portfolio', description: 'Goals, streams and investment', words: 'home start overview' },
  {
    path: '/explore',
    label: 'Explore',
    description: 'Any metric, any scope, split and compared',
    words: 'pivot chart analyse analyze slice query',
  },
  { path: '/glossary', label: 'Glossary', description: 'What every figure means', words: 'definitions terms help' },
  { path: '/verify', label: 'Verify', description: 'Whether this snapshot can be trusted', words: 'checks trust recount' },
  { path: '/sources', label: 'Sources', description: 'What was read when, and what was left out', words: 'files rejects snapshots import' },
]
const STREAM_PAGES = [
  { path: '', name: '' },
  { path: '/flow', name: 'Flow' },
  { path: '/map', name: 'Map' },
  { path: '/work', name: 'Work' },
] as const

/** What the palette offers before anything is typed and finds by words. @param search scope that goes along, `?…` or empty */
export function placesOf(
  portfolio: Portfolio,
  metrics: readonly { readonly name: string; readonly title: string }[],
  search: string,
): Place[] {
  const pages = PAGES.map(({ path, label, description, words }) => ({
    id: `page ${path}`,
    group: 'Pages',
    label,
    description,
    href: path + search,
    words,
  }))
  const streams = portfolio.streams.flatMap(({ id, name }) =>
    STREAM_PAGES.map((page) => ({
      id: `stream ${id}${page.path}`,
      group: 'Value streams',
      label: page.name ? `${name} · ${page.name}` : name,
      href: `/streams/${encodeURIComponent(id)}${page.path}${search}`,
      words: id,
    })),
  )
  const goals = portfolio.goals.map(({ id, name, owner }) => ({
    id: `goal ${id}`,
    group: 'Goals',
    label: name,
    description: owner,
    href: `/${search}#goal-${encodeURIComponent(id)}`,
    words: id,
  }))
  const terms = metrics.map(({ name, title }) => ({
    id: `metric ${name}`,
    group: 'Metrics',
    label: title,
    href: `/glossary#metric-${name}`,
    words: name,
  }))
  return [...pages, ...streams, ...goals, ...terms]
}

/** Places that hold every word of what was typed; the earlier in the label, the higher. */
export function findPlaces(places: readonly Place[], typed: string): Place[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return places.filter(({ group }) => group === 'Pages' || group === 'Value streams')
  const found = places.flatMap((place) => {
    const text = [place.label, place.description, place.words].join(' ').toLocaleLowerCase()
    if (!words.every((word) => text.includes(word))) return []
    const at = place.label.toLocaleLowerCase().indexOf(words[0] ?? '')
    return [{ place, rank: at < 0 ? Number.MAX_SAFE_INTEGER : at }]
  })
  return found.sort((a, b) => a.rank - b.rank).map(({ place }) => place)
}
