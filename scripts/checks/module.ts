import { type FunctionSize, functionSize } from './functions'
import { type Export, exportsOfStatement, type Import, importInside, importsOfStatement } from './imports'
import { type Mention, mentionsAt } from './mentions'
import { parseSource, walk } from './syntax'

/** What the checks ask of one source file. */
export interface Module {
  readonly path: string
  readonly lineCount: number
  readonly isClient: boolean
  readonly imports: readonly Import[]
  readonly exports: readonly Export[]
  readonly functions: readonly FunctionSize[]
  readonly mentions: readonly Mention[]
  /** text literals: names of files and packages that are handed over as text */
  readonly texts: ReadonlySet<string>
  readonly nameCounts: ReadonlyMap<string, number>
}

export function readModule(path: string, text: string): Module {
  const { statements, root } = parseSource(path, text)
  const imports = statements.flatMap(importsOfStatement)
  const functions: FunctionSize[] = []
  const mentions: Mention[] = []
  const texts = new Set<string>()
  const nameCounts = new Map<string, number>()
  walk(root, (node, above) => {
    const inner = importInside(node, above)
    if (inner) imports.push(inner)
    const size = functionSize(node, above)
    if (size) functions.push(size)
    mentions.push(...mentionsAt(node))
    if (node.type === 'StringLiteral') texts.add(String(node.value))
    if (node.type === 'TemplateElement') texts.add((node.value as { cooked?: string }).cooked ?? '')
    if (typeof node.name === 'string') nameCounts.set(node.name, (nameCounts.get(node.name) ?? 0) + 1)
  })
  return {
    path,
    lineCount: text.replace(/\n$/, '').split('\n').length,
    isClient: /^\s*['"]use client['"]/.test(text),
    imports,
    exports: statements.flatMap(exportsOfStatement),
    functions,
    mentions,
    texts,
    nameCounts,
  }
}
