import { lineOf, nameOf, nodeAt, nodesAt, type SyntaxNode } from './syntax'

/** A pair `owner.member` that the text reaches for, such as `process.env`; `new Date` for the present moment. */
export interface Mention {
  readonly what: string
  readonly line: number
}

export function mentionsAt(node: SyntaxNode): readonly Mention[] {
  const line = lineOf(node)
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberPair(node, line)
    case 'NewExpression':
      return nameOf(nodeAt(node, 'callee')) === 'Date' && nodesAt(node, 'arguments').length === 0 ? [{ what: 'new Date', line }] : []
    case 'CallExpression':
      return nodeAt(node, 'callee')?.type === 'Identifier' && nameOf(nodeAt(node, 'callee')) === 'Date' ? [{ what: 'new Date', line }] : []
    case 'VariableDeclarator':
      return takenApart(node, line)
    case 'ImportDeclaration':
      return importedMembers(node, line)
    default:
      return []
  }
}

function memberPair(node: SyntaxNode, line: number): readonly Mention[] {
  const object = nodeAt(node, 'object')
  const owner = object?.type === 'MemberExpression' ? nameOf(nodeAt(object, 'property')) : nameOf(object)
  const member = node.computed === true && nodeAt(node, 'property')?.type !== 'StringLiteral' ? undefined : nameOf(nodeAt(node, 'property'))
  return owner === undefined || member === undefined ? [] : [{ what: `${owner}.${member}`, line }]
}

/** `const { env } = process` */
function takenApart(node: SyntaxNode, line: number): readonly Mention[] {
  const owner = nameOf(nodeAt(node, 'init'))
  const target = nodeAt(node, 'id')
  if (owner === undefined || target?.type !== 'ObjectPattern') return []
  return nodesAt(target, 'properties').map((property) => ({ what: `${owner}.${nameOf(nodeAt(property, 'key')) ?? '*'}`, line }))
}

/** `import { init } from 'echarts/core'`, `import { env } from 'node:process'` */
function importedMembers(node: SyntaxNode, line: number): readonly Mention[] {
  if (node.importKind === 'type') return []
  const owner = nameOf(nodeAt(node, 'source'))
    ?.replace(/^node:/, '')
    .replace(/\/.*$/, '')
  return nodesAt(node, 'specifiers')
    .map((specifier) => nameOf(nodeAt(specifier, 'imported')))
    .filter((name) => name !== undefined)
    .map((name) => ({ what: `${owner}.${name}`, line }))
}
