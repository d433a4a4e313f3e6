import { lineOf, nameOf, nodeAt, type SyntaxNode } from './syntax'

export interface FunctionSize {
  readonly name: string
  readonly line: number
  readonly lineCount: number
  /** the callback of `describe`: a list of tests, no function to read in one go */
  readonly isSuite: boolean
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
])

export function functionSize(node: SyntaxNode, above: readonly SyntaxNode[]): FunctionSize | undefined {
  if (!FUNCTIONS.has(node.type)) return undefined
  const line = lineOf(node)
  const lineCount = (node.loc?.end.line ?? line) - line + 1
  const parent = above.at(-1)
  return { name: functionName(node, parent), line, lineCount, isSuite: calleeRoot(parent) === 'describe' }
}

function functionName(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  const own = nameOf(nodeAt(node, 'id')) ?? nameOf(nodeAt(node, 'key'))
  if (own !== undefined) return own
  if (parent?.type === 'VariableDeclarator') return nameOf(nodeAt(parent, 'id')) ?? 'a function'
  if (parent?.type === 'ObjectProperty' || parent?.type === 'ClassProperty') return nameOf(nodeAt(parent, 'key')) ?? 'a function'
  const callee = calleeRoot(parent)
  return callee === undefined ? 'a function' : `the function handed to ${callee}`
}

/** `describe`, `describe.each(…)(…)`, `describe.skip(…)` → describe */
function calleeRoot(call: SyntaxNode | undefined): string | undefined {
  if (call?.type !== 'CallExpression') return undefined
  let callee = nodeAt(call, 'callee')
  while (callee?.type === 'CallExpression' || callee?.type === 'MemberExpression' || callee?.type === 'TaggedTemplateExpression') {
    callee = nodeAt(callee, 'callee') ?? nodeAt(callee, 'object') ?? nodeAt(callee, 'tag')
  }
  return nameOf(callee)
}
