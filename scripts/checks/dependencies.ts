import type { Finding } from './finding'
import { type Project, packageOf } from './project'

export interface PackageFile {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** What an installed package says of itself. */
export interface InstalledPackage {
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly bin?: string | Readonly<Record<string, string>>
}

/** Packages that are listed and used nowhere. `texts`: other files that may name a package (style sheets, CI). */
export function checkDependencies(
  project: Project,
  file: PackageFile,
  installed: (name: string) => InstalledPackage | undefined,
  texts: readonly string[],
): readonly Finding[] {
  const listed = Object.keys({ ...file.dependencies, ...file.devDependencies })
  const commands = Object.values(file.scripts ?? {}).join(' ; ')
  const used = new Set(listed.filter((name) => isNamed(name, project, texts) || isRun(name, installed(name), commands)))
  const wanted = new Set([...used].flatMap((name) => Object.keys(installed(name)?.peerDependencies ?? {})))
  return listed
    .filter((name) => !used.has(name) && !wanted.has(name) && !isTypesOfUsed(name, new Set([...used, ...wanted])))
    .map((name) => ({
      level: 'error',
      path: 'package.json',
      line: 0,
      message: `nothing uses the package ${name}`,
      reason: 'a package is code that we answer for, download and update: uninstall it',
    }))
}

function isNamed(name: string, project: Project, texts: readonly string[]): boolean {
  if (project.links.some((link) => packageOf(link.specifier) === name)) return true
  // Handed over as text: a plugin's name in a configuration, a path into node_modules, an @import in a style sheet.
  const asText = new RegExp(`(?:^|node_modules/|['"])${name.replaceAll('/', '\\/')}(?:$|[/'"])`)
  return (
    [...project.modules.values()].some((module) => [...module.texts].some((text) => asText.test(text))) ||
    texts.some((text) => asText.test(text))
  )
}

function isRun(name: string, installed: InstalledPackage | undefined, commands: string): boolean {
  const bins = typeof installed?.bin === 'string' ? [name.replace(/^.*\//, '')] : Object.keys(installed?.bin ?? {})
  return bins.some((bin) => new RegExp(`(?:^|[\\s;&|])${bin}(?:$|[\\s;&|])`).test(commands))
}

function isTypesOfUsed(name: string, used: ReadonlySet<string>): boolean {
  return name === '@types/node' || (name.startsWith('@types/') && used.has(name.slice('@types/'.length)))
}
