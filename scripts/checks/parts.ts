import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCycles } from './cycles'
import { checkDeadCode } from './dead-code'
import { checkDependencies } from './dependencies'
import { readTextFiles } from './files'
import type { Finding } from './finding'
import { checkHomes } from './homes'
import { KEPT } from './kept'
import { checkLayers } from './layers'
import { checkLimits } from './limits'
import { checkMachinePaths } from './machine-paths'
import { readProject } from './project'
import { failureOf } from './tools'

/** Findings of ours, or the output of a program that failed; undefined when it did not. */
export type Outcome = readonly Finding[] | string | undefined

export interface Part {
  readonly about: string
  readonly run: (root: string) => Promise<Outcome>
}

export const PARTS: Readonly<Record<string, Part>> = {
  types: {
    about: 'TypeScript, with the types of the routes',
    run: (root) =>
      failureOf(root, [
        ['node_modules/next/dist/bin/next', 'typegen'],
        ['node_modules/typescript/bin/tsc', '--noEmit'],
      ]),
  },
  biome: {
    about: 'lint and format (npx biome check --write repairs most of it)',
    run: (root) =>
      failureOf(root, [
        ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '--reporter=concise', '--max-diagnostics=300', '.'],
      ]),
  },
  imports: {
    about: 'who may import whom, no cycles, one home each',
    run: async (root) => {
      const project = projectOf(root)
      return [...checkLayers(project), ...checkCycles(project), ...checkHomes(project)]
    },
  },
  limits: { about: 'length of files and functions', run: async (root) => checkLimits(projectOf(root)) },
  dead: {
    about: 'unused files, exports and packages',
    run: async (root) => [...checkDeadCode(projectOf(root), { kept: KEPT, entries: commandFiles(root) }), ...unusedPackages(root)],
  },
  generated: {
    about: 'generated files are up to date',
    run: (root) => failureOf(root, [['--import', 'tsx', 'scripts/generate.ts', '--check']]),
  },
  lockfile: { about: 'npm ci takes the lockfile on every system', run: (root) => failureOf(root, [['scripts/lockfile.mjs', '--check']]) },
  paths: { about: 'no path or address of one machine', run: async (root) => checkMachinePaths(textsOf(root)) },
}

/** Files that the commands of package.json and of CI name. */
function commandFiles(root: string): ReadonlySet<string> {
  const texts = Object.entries(textsOf(root)).filter(([path]) => path === 'package.json' || path.startsWith('.ci/'))
  return new Set(texts.flatMap(([, text]) => text.match(/[\w./-]+\.(?:ts|mjs)\b/g) ?? []))
}

function unusedPackages(root: string): readonly Finding[] {
  const others = Object.entries(textsOf(root)).filter(([path]) => /\.css$|^\.ci\//.test(path))
  const json = (path: string) => (existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')) : undefined)
  return checkDependencies(
    projectOf(root),
    json('package.json'),
    (name) => json(`node_modules/${name}/package.json`),
    others.map(([, text]) => text),
  )
}

const textsOf = once(readTextFiles)
const projectOf = once((root) => readProject(textsOf(root)))

function once<T>(make: (root: string) => T): (root: string) => T {
  const made = new Map<string, T>()
  return (root) => {
    const known = made.get(root)
    if (known !== undefined) return known
    const fresh = make(root)
    made.set(root, fresh)
    return fresh
  }
}
