import type { Finding } from './finding'
import type { Export } from './imports'
import { isEntry, isTest, isTestSupport } from './kinds'
import type { Module } from './module'
import { type Link, linksByFile, type Project, reach, resolve } from './project'

const CHECKED = /\.(?:tsx?|mjs|css)$/

const UNUSED = 'code that runs nowhere is still read, changed and trusted: use it or delete it'
const USED_HERE = 'an export is a promise to others, and this one is used in its own file alone'

/** `path` of a file or `path#name` of an export that may look unused → reason */
export type Kept = Readonly<Record<string, string>>

export interface Exempt {
  readonly kept: Kept
  /** files that commands name */
  readonly entries: ReadonlySet<string>
}

/** Files that nothing opens and exports that nothing takes. */
export function checkDeadCode(project: Project, exempt: Exempt): readonly Finding[] {
  return [...deadFiles(project, exempt), ...deadExports(project, exempt), ...staleKept(project, exempt.kept)]
}

function deadFiles(project: Project, { kept, entries }: Exempt): readonly Finding[] {
  const next = nextFiles(project)
  const alive = reach(
    [...project.paths].filter((path) => (isEntry(path) || entries.has(path)) && !isTest(path)),
    next,
  )
  const tested = reach([...project.paths].filter(isTest), next)
  return [...project.paths]
    .filter((path) => CHECKED.test(path) && !alive.has(path) && !isTest(path) && !(path in kept))
    .filter((path) => !(tested.has(path) && isTestSupport(path)))
    .map((path) => ({
      level: 'error',
      path,
      line: 0,
      message: `${tested.has(path) ? 'only tests reach' : 'nothing reaches'} this file`,
      reason: UNUSED,
    }))
}

/** What a file leads to: imports, and files it names as text (a worker, a script that it starts, a style sheet). */
function nextFiles(project: Project): (path: string) => readonly string[] {
  const links = linksByFile(project)
  return (path) => {
    const imported = (links.get(path) ?? []).flatMap((link) => link.target ?? [])
    const named = [...(project.modules.get(path)?.texts ?? [])].filter((text) => /^[\w./@-]+\.(?:tsx?|mjs|css)$/.test(text))
    return [
      ...imported,
      ...named.flatMap((text) => resolve(project.paths, path, `./${text}`) ?? resolve(project.paths, path, `@/${text}`) ?? []),
    ]
  }
}

function deadExports(project: Project, { kept, entries }: Exempt): readonly Finding[] {
  const users = usersByExport(project.links)
  return [...project.modules.values()]
    .filter(({ path }) => !isEntry(path) && !entries.has(path) && !(path in kept))
    .flatMap((module) =>
      module.exports
        .filter(({ name }) => !(`${module.path}#${name}` in kept))
        .flatMap((one) =>
          judgeExport(module, one, [...(users.get(`${module.path}#${one.name}`) ?? []), ...(users.get(`${module.path}#*`) ?? [])]),
        ),
    )
}

function judgeExport({ path, nameCounts }: Module, { name, line, isType }: Export, takers: readonly string[]): readonly Finding[] {
  const isTaken = takers.some((taker) => isTestSupport(path) || !(isTest(taker) || isTestSupport(taker)))
  const usedHere = (nameCounts.get(name) ?? 0) > 1
  // A test may look at a part of what its subject does, and whoever takes a value may have to name the types of its parts.
  if (isTaken || (usedHere && (isType || takers.length > 0))) return []
  const message = takers.length > 0 ? `only tests use the export ${name}` : `nothing uses the export ${name}`
  return [{ level: 'error', path, line, message, reason: usedHere ? USED_HERE : UNUSED }]
}

function usersByExport(links: readonly Link[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const { from, target, names } of links) {
    for (const name of names) users.set(`${target}#${name}`, [...(users.get(`${target}#${name}`) ?? []), from])
  }
  return users
}

function staleKept(project: Project, kept: Kept): readonly Finding[] {
  return Object.keys(kept).flatMap((key) => {
    const [path = '', name] = key.split('#')
    const module = project.modules.get(path)
    if (module && (name === undefined || module.exports.some((one) => one.name === name))) return []
    return [
      {
        level: 'error' as const,
        path: 'scripts/checks/kept.ts',
        line: 0,
        message: `${key} is not there`,
        reason: 'a list of exceptions that is out of date hides new ones',
      },
    ]
  })
}
