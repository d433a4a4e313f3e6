import { z } from 'zod'
import type { FaultList, Path } from './fault-list'

type Issue = z.core.$ZodIssue

/** What each kind of value is called in a message. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map (key: value)',
  record: 'a map (key: value)',
}

/** What zod says of a value that is not there. */
const MISSING_CODES: readonly Issue['code'][] = ['invalid_type', 'invalid_union', 'invalid_value']

/** One place in a file: what stands there, its schema, and where it belongs. */
export interface Place {
  readonly value: unknown
  readonly schema: z.ZodType
  readonly path: Path
}

/** Parses with a schema; every complaint becomes a fault with path and nearest valid name, and the answer is `undefined`. */
export function check<T extends z.ZodType>(faults: FaultList, place: Place & { readonly schema: T }): z.output<T> | undefined {
  const result = place.schema.safeParse(place.value)
  if (result.success) return result.data
  for (const issue of result.error.issues) addIssue(faults, place, issue, [])
  return undefined
}

function addIssue(faults: FaultList, place: Place, issue: Issue, above: readonly PropertyKey[]): void {
  const inner = [...above, ...issue.path].map((step) => (typeof step === 'number' ? step : String(step)))
  const value = valueAt(place.value, inner)
  const path = [...place.path, ...inner]
  if (value === undefined && MISSING_CODES.includes(issue.code)) faults.add(path, 'is required')
  else if (issue.code === 'invalid_union') addUnion(faults, place, issue, inner)
  else if (issue.code === 'unrecognized_keys') {
    const names = keysAt(place.schema, inner)
    for (const key of issue.keys) faults.add([...path, key], 'unknown key', { value: key, names })
  } else if (issue.code === 'invalid_key') {
    faults.add(path, issue.issues[0]?.message ?? 'is no valid key', { value: inner.at(-1) })
  } else {
    faults.add(path, messageOf(issue, value), { value, names: allowedNames(issue) })
  }
}

/** Of several shapes, complain about the one that was meant: the one whose outer kind fits. */
function addUnion(faults: FaultList, place: Place, issue: z.core.$ZodIssueInvalidUnion, inner: Path): void {
  const meant = issue.errors.find(
    (branch) => branch.length > 0 && !branch.some((part) => part.code === 'invalid_type' && part.path.length === 0),
  )
  if (meant) {
    for (const part of meant) addIssue(faults, place, part, inner)
    return
  }
  const words = issue.errors.flat().flatMap((part) => (part.code === 'invalid_type' ? [kindWord(part.expected)] : []))
  const value = valueAt(place.value, inner)
  faults.add([...place.path, ...inner], `must be ${[...new Set(words)].join(' or ')}${emptyHint(value)}`, { value })
}

function messageOf(issue: Issue, value: unknown): string {
  if (issue.code === 'invalid_type') return `must be ${kindWord(issue.expected)}${emptyHint(value)}`
  if (issue.code === 'invalid_value') return 'is not one of the allowed values'
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return 'must not be empty'
    return issue.origin === 'array' ? 'needs at least one entry' : `must be at least ${issue.minimum}`
  }
  if (issue.code === 'too_big') {
    return issue.origin === 'string' ? `is longer than ${issue.maximum} characters` : `must be at most ${issue.maximum}`
  }
  return issue.message
}

function kindWord(kind: string): string {
  return KIND_WORDS[kind] ?? kind
}

function emptyHint(value: unknown): string {
  return value === null ? ', but nothing stands here' : ''
}

function allowedNames(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  const allowed: unknown = issue.code === 'custom' ? issue.params?.allowed : undefined
  return Array.isArray(allowed) ? allowed.map(String) : undefined
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = Reflect.get(found, step)
  }
  return found
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly additionalProperties?: Shape | boolean
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
}

/** Keys that a schema knows at a path, over all shapes that may stand there. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  const top: Shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  let shapes = alternatives(top)
  for (const step of path) shapes = shapes.flatMap((shape) => next(shape, step)).flatMap(alternatives)
  return [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties ?? {})))]
}

function alternatives(shape: Shape): Shape[] {
  return [shape, ...(shape.anyOf ?? []).flatMap(alternatives), ...(shape.oneOf ?? []).flatMap(alternatives)]
}

function next(shape: Shape, step: string | number): Shape[] {
  if (typeof step === 'number') return shape.items ? [shape.items] : []
  const known = shape.properties?.[step]
  if (known) return [known]
  return typeof shape.additionalProperties === 'object' ? [shape.additionalProperties] : []
}
