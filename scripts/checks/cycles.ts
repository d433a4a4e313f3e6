import type { Finding } from './finding'
import { type Link, linksByFile, type Project } from './project'

const REASON =
  'modules of a cycle run before what they import is ready, and none of them can be understood or tested without the others; types don’t count'

/** One finding for each shortest cycle of run-time imports, at the file whose name comes first. */
export function checkCycles(project: Project): readonly Finding[] {
  const links = linksByFile(project)
  const seen = new Set<string>()
  return [...project.modules.keys()].sort().flatMap((path) => {
    const cycle = shortestCycle(path, links)
    if (!cycle) return []
    const key = cycle
      .map((link) => link.from)
      .sort()
      .join(' ')
    if (seen.has(key)) return []
    seen.add(key)
    const way = [...cycle.map((link) => link.from), path].join(' → ')
    return [{ level: 'error' as const, path, line: cycle[0]?.line ?? 0, message: `cycle of run-time imports: ${way}`, reason: REASON }]
  })
}

function shortestCycle(start: string, links: ReadonlyMap<string, readonly Link[]>): readonly Link[] | undefined {
  const ways = new Map<string, readonly Link[]>([[start, []]])
  for (const [path, way] of ways) {
    for (const link of links.get(path) ?? []) {
      if (link.isTypeOnly || link.target === undefined) continue
      if (link.target === start) return [...way, link]
      if (!ways.has(link.target)) ways.set(link.target, [...way, link])
    }
  }
  return undefined
}
