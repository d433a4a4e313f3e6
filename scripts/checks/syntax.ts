import { parse } from '@babel/parser'

/** Any node of the tree, for walks; the shapes that matter are asked for by `type`. */
export interface SyntaxNode {
  readonly type: string
  readonly loc?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } } | null
  readonly [key: string]: unknown
}

export type Statement = ReturnType<typeof parse>['program']['body'][number]

// TypeScript 7 has no JavaScript API; Babel's parser reads the same syntax and resolves nothing.
export function parseSource(path: string, text: string): { statements: readonly Statement[]; root: SyntaxNode } {
  const isScript = /\.m?js$/.test(path)
  const plugins = isScript ? [] : path.endsWith('x') ? (['typescript', 'jsx'] as const) : (['typescript'] as const)
  const { program } = parse(text, { sourceType: 'module', plugins: [...plugins] })
  return { statements: program.body, root: program as unknown as SyntaxNode }
}

/** Every node below and including `node`, parents first; `above` is the chain of parents, nearest last. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, above: readonly SyntaxNode[]) => void, above: readonly SyntaxNode[] = []) {
  visit(node, above)
  const chain = [...above, node]
  for (const [key, value] of Object.entries(node)) {
    if (key.endsWith('omments')) continue
    for (const part of Array.isArray(value) ? value : [value]) if (isNode(part)) walk(part, visit, chain)
  }
}

export function nodeAt(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const value = node?.[key]
  return isNode(value) ? value : undefined
}

export function nodesAt(node: SyntaxNode | undefined, key: string): readonly SyntaxNode[] {
  const value = node?.[key]
  return Array.isArray(value) ? value.filter(isNode) : []
}

export function lineOf(node: { readonly loc?: SyntaxNode['loc'] } | undefined): number {
  return node?.loc?.start.line ?? 0
}

/** The text of a name or of a text literal, else undefined. */
export function nameOf(node: { readonly type: string } | undefined | null): string | undefined {
  if (!node) return undefined
  if ('name' in node && typeof node.name === 'string') return node.name
  if (node.type === 'StringLiteral' && 'value' in node) return String(node.value)
  return undefined
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
