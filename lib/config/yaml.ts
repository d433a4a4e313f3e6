import type { Document, Node, ParsedNode } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { Problem } from '@/lib/problem'
import type { Path } from './fault-list'
import { nestingIsBounded } from './nesting'

const MOST_BYTES = 5_000_000
/** Values in the file with every alias written out; stops a small file from growing without end. */
const MOST_VALUES = 3_000_000
const MOST_SYNTAX_FAULTS = 20

/** Where the parser speaks to programmers. */
const SYNTAX_MESSAGES: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: 'nested too deeply',
  MULTIPLE_DOCS: 'a second document begins here; a portfolio is one document',
}

/** A YAML file as plain data, and the line on which a path of it stands. */
export interface YamlFile {
  readonly value: unknown
  readonly lineAt: (path: Path) => number | undefined
  /** Duplicate keys, bad aliases and keys that are no text: the rest of the file can still be checked. */
  readonly blemishes: readonly { readonly path: Path; readonly message: string }[]
}

/** Reads one YAML document. Throws a Problem for syntax errors (with line and column) and for files without bounds. */
export function readYaml(text: string, file: string): YamlFile {
  if (Buffer.byteLength(text) > MOST_BYTES) throw unreadable(file, `is bigger than ${MOST_BYTES / 1_000_000} MB`)
  if (!nestingIsBounded(text)) throw unreadable(file, 'is nested too deeply')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', schema: 'core', uniqueKeys: false })
  if (document.errors.length) throw syntaxProblem(document, lines, file)
  if (!document.contents) throw unreadable(file, 'is empty')
  const reader = new Reader(lines)
  return { value: reader.read(document.contents), lineAt: (path) => reader.lineAt(document.contents, path), blemishes: reader.blemishes }
}

function unreadable(file: string, message: string): Problem {
  return new Problem('configuration', `${file} cannot be read`, { faults: [{ where: file, message }] })
}

function syntaxProblem(document: Document.Parsed, lines: LineCounter, file: string): Problem {
  const errors = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]).slice(0, MOST_SYNTAX_FAULTS)
  const faults = errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0])
    const message = SYNTAX_MESSAGES[error.code] ?? error.message.split('\n')[0]
    return { where: `${file}:${line}:${col}`, message: `YAML: ${message}` }
  })
  const more = document.errors.length - errors.length
  if (more > 0) faults.push({ where: file, message: `and ${more} more` })
  return new Problem('configuration', `${file} is not valid YAML`, { faults })
}

interface Read {
  readonly value: unknown
  /** How many values it holds with aliases written out. */
  readonly size: number
}

/** Turns nodes into plain data; aliases share what they name, so nothing is copied. */
class Reader {
  readonly blemishes: { path: Path; message: string }[] = []
  private readonly anchors = new Map<string, { readonly node: Node; read?: Read }>()
  private readonly targets = new Map<Node, Node>()

  constructor(private readonly lines: LineCounter) {}

  read(node: ParsedNode): unknown {
    return this.node(node, []).value
  }

  lineAt(root: Node | null, path: Path): number | undefined {
    let node = root
    let offset = node?.range?.[0]
    for (const step of path) {
      if (node && isAlias(node)) node = this.targets.get(node) ?? null
      const next: { node: Node | null; at?: number } = node ? child(node, step) : { node: null }
      if (next.at === undefined) break
      offset = next.at
      node = next.node
    }
    return offset === undefined ? undefined : this.lines.linePos(offset).line
  }

  private node(node: Node | null, path: Path): Read {
    if (node && isAlias(node)) return this.alias(node, node.source, path)
    const anchor = node && 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined
    const entry: { readonly node: Node; read?: Read } | undefined = node && anchor ? { node } : undefined
    if (anchor && entry) this.anchors.set(anchor, entry)
    const read = this.plain(node, path)
    if (entry) entry.read = read
    return read
  }

  private alias(node: Node, name: string, path: Path): Read {
    const named = this.anchors.get(name)
    if (named) this.targets.set(node, named.node)
    if (named?.read && named.read.size <= MOST_VALUES) return named.read
    const why = named?.read ? 'names too many values' : named ? 'stands inside what it names' : 'names no anchor above it'
    this.blemishes.push({ path, message: `alias *${name} ${why}` })
    return { value: undefined, size: 1 }
  }

  private plain(node: Node | null, path: Path): Read {
    if (isMap(node)) return this.map(node.items, path)
    if (isSeq(node)) return this.list(node.items, path)
    return { value: isScalar(node) ? scalarValue(node.value, node.source) : null, size: 1 }
  }

  private list(items: readonly unknown[], path: Path): Read {
    const value: unknown[] = []
    let size = 1
    for (const [index, item] of items.entries()) {
      const read = this.node(asNode(item), [...path, index])
      value.push(read.value)
      size += read.size
    }
    return { value: this.bounded(value, size, path), size }
  }

  private map(items: readonly { key: unknown; value: unknown }[], path: Path): Read {
    const entries = new Map<string, unknown>()
    let size = 1
    for (const item of items) {
      const key = keyText(item.key)
      const at = [...path, key ?? '?']
      if (key === undefined) this.blemishes.push({ path, message: 'a key must be plain text' })
      else if (key === '<<') this.blemishes.push({ path: at, message: 'merge keys are not read; name a whole value by an alias instead' })
      else if (entries.has(key)) this.blemishes.push({ path: at, message: 'this key stands here twice' })
      const read = this.node(asNode(item.value), at)
      size += read.size
      if (key !== undefined && key !== '<<' && !entries.has(key)) entries.set(key, read.value)
    }
    return { value: this.bounded(Object.fromEntries(entries), size, path), size }
  }

  private bounded(value: unknown, size: number, path: Path): unknown {
    if (size <= MOST_VALUES) return value
    if (!this.blemishes.some((blemish) => blemish.message.startsWith('holds too many'))) {
      this.blemishes.push({ path, message: 'holds too many values once its aliases are written out' })
    }
    return null
  }
}

function asNode(item: unknown): Node | null {
  return isMap(item) || isSeq(item) || isScalar(item) || isAlias(item) ? item : null
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined
  const value = scalarValue(key.value, key.source)
  return value === null ? undefined : String(value)
}

/** A number or truth value that its text alone can tell apart (1.10, 007, True) stays text; a date is its day. */
function scalarValue(value: unknown, source: string | undefined): unknown {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return source === undefined || String(value) === source ? value : source
  return source ?? String(value)
}

function child(node: Node, step: string | number): { node: Node | null; at?: number } {
  if (isSeq(node) && typeof step === 'number') {
    const item = asNode(node.items[step])
    return { node: item, at: item?.range?.[0] }
  }
  if (!isMap(node)) return { node: null }
  const pair = node.items.findLast((item) => keyText(item.key) === String(step))
  const key = asNode(pair?.key)
  return { node: asNode(pair?.value), at: key?.range?.[0] }
}
