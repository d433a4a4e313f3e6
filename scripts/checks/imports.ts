import { lineOf, nameOf, nodeAt, nodesAt, type Statement, type SyntaxNode } from './syntax'

/** `names` are those the other module exports; `*` stands for all of them. */
export interface Import {
  readonly specifier: string
  readonly line: number
  readonly isTypeOnly: boolean
  readonly names: readonly string[]
}

export interface Export {
  readonly name: string
  readonly line: number
  readonly isType: boolean
}

export function importsOfStatement(statement: Statement): readonly Import[] {
  if (statement.type === 'ImportDeclaration') {
    const { specifiers } = statement
    const isTypeOnly =
      statement.importKind === 'type' ||
      (specifiers.length > 0 && specifiers.every((specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'))
    const names = specifiers.map((specifier) => {
      if (specifier.type === 'ImportDefaultSpecifier') return 'default'
      return specifier.type === 'ImportSpecifier' ? (nameOf(specifier.imported) ?? '*') : '*'
    })
    return [{ specifier: statement.source.value, line: lineOf(statement), isTypeOnly, names }]
  }
  if (statement.type === 'ExportAllDeclaration') {
    return [{ specifier: statement.source.value, line: lineOf(statement), isTypeOnly: statement.exportKind === 'type', names: ['*'] }]
  }
  if (statement.type !== 'ExportNamedDeclaration' || !statement.source) return []
  const names = statement.specifiers.map((specifier) => (specifier.type === 'ExportSpecifier' ? specifier.local.name : '*'))
  return [{ specifier: statement.source.value, line: lineOf(statement), isTypeOnly: statement.exportKind === 'type', names }]
}

export function exportsOfStatement(statement: Statement): readonly Export[] {
  if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', line: lineOf(statement), isType: false }]
  if (statement.type !== 'ExportNamedDeclaration') return []
  const isType = statement.exportKind === 'type'
  const listed = statement.specifiers.map((specifier) => ({ name: nameOf(specifier.exported) ?? '*', line: lineOf(specifier), isType }))
  const declared = declaredNames(statement.declaration as unknown as SyntaxNode | undefined)
  return [...listed, ...declared.map((name) => ({ name, line: lineOf(statement), isType }))]
}

/** `import('…')` as an expression or as a type. */
export function importInside(node: SyntaxNode, above: readonly SyntaxNode[]): Import | undefined {
  if (node.type === 'TSImportType') {
    const specifier = nameOf(nodeAt(node, 'argument'))
    const name = nameOf(nodeAt(node, 'qualifier'))
    return specifier === undefined ? undefined : { specifier, line: lineOf(node), isTypeOnly: true, names: [name ?? '*'] }
  }
  if (node.type !== 'CallExpression' || nodeAt(node, 'callee')?.type !== 'Import') return undefined
  const specifier = nameOf(nodesAt(node, 'arguments')[0])
  return specifier === undefined ? undefined : { specifier, line: lineOf(node), isTypeOnly: false, names: namesTaken(above) }
}

/** `(await import('x')).name`, `const { name } = await import('x')`, `import('x').then(({ name }) => …)`; anything else takes all. */
function namesTaken(above: readonly SyntaxNode[]): readonly string[] {
  const parent = above.at(-1)
  const next = above.at(-2)
  if (parent?.type === 'AwaitExpression') {
    if (next?.type === 'MemberExpression') return [nameOf(nodeAt(next, 'property')) ?? '*']
    if (next?.type === 'VariableDeclarator') return patternNames(nodeAt(next, 'id'))
  }
  if (parent?.type === 'MemberExpression' && nameOf(nodeAt(parent, 'property')) === 'then') {
    return patternNames(nodesAt(nodesAt(next, 'arguments')[0], 'params')[0])
  }
  return ['*']
}

function patternNames(pattern: SyntaxNode | undefined): readonly string[] {
  if (pattern?.type !== 'ObjectPattern') return ['*']
  return nodesAt(pattern, 'properties').map((property) => nameOf(nodeAt(property, 'key')) ?? '*')
}

function declaredNames(declaration: SyntaxNode | undefined): readonly string[] {
  if (!declaration) return []
  const own = nameOf(nodeAt(declaration, 'id'))
  if (own !== undefined) return [own]
  return nodesAt(declaration, 'declarations').flatMap((declarator) => {
    const target = nodeAt(declarator, 'id')
    return target?.type === 'ObjectPattern' ? patternNames(target) : [nameOf(target) ?? '*']
  })
}
