import { posix } from 'node:path'
import type { Import } from './imports'
import { type Module, readModule } from './module'

/** `target`: the path of a file of this project, else undefined (a package, or a file that does not exist). */
export interface Link extends Import {
  readonly from: string
  readonly target: string | undefined
}

export interface Project {
  /** every file that belongs to the project, source or not */
  readonly paths: ReadonlySet<string>
  readonly modules: ReadonlyMap<string, Module>
  readonly links: readonly Link[]
}

const SOURCE = /\.(?:tsx?|m?js)$/
const ENDINGS = ['', '.ts', '.tsx', '.mjs', '.d.ts', '/index.ts', '/index.tsx']

/** Paths are relative to the project's root, with `/`. Throws when a file can't be parsed: nothing can be said about such a tree. */
export function readProject(files: Readonly<Record<string, string>>): Project {
  const paths = new Set(Object.keys(files))
  const modules = new Map<string, Module>()
  for (const [path, text] of Object.entries(files)) {
    if (!SOURCE.test(path)) continue
    try {
      modules.set(path, readModule(path, text))
    } catch (error) {
      throw new Error(`${path} can't be parsed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const links = [...modules.values()].flatMap((module) =>
    module.imports.map((one) => ({ ...one, from: module.path, target: resolve(paths, module.path, one.specifier) })),
  )
  return { paths, modules, links }
}

export function resolve(paths: ReadonlySet<string>, from: string, specifier: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(from), specifier)
      : undefined
  return base === undefined ? undefined : ENDINGS.map((ending) => `${base}${ending}`).find((path) => paths.has(path))
}

/** The package that a specifier names, else undefined: `@mantine/core/styles.css` → `@mantine/core`. */
export function packageOf(specifier: string): string | undefined {
  if (/^(?:\.|\/|@\/|node:)/.test(specifier)) return undefined
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Everything that `starts` reach through `next`, themselves included. */
export function reach(starts: Iterable<string>, next: (path: string) => Iterable<string>): Set<string> {
  const seen = new Set(starts)
  for (const path of seen) for (const further of next(path)) seen.add(further)
  return seen
}

export function linksByFile(project: Project): ReadonlyMap<string, readonly Link[]> {
  const byFile = new Map<string, Link[]>()
  for (const link of project.links) {
    const list = byFile.get(link.from)
    if (list) list.push(link)
    else byFile.set(link.from, [link])
  }
  return byFile
}
