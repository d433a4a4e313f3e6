import { scopeKey } from '@/lib/model/scope'
import type { FaultList, Path } from './fault-list'
import type { Names } from './reading'

type Values = string | readonly string[]

/** A scope by the names of an address (stream, team, …, dim.<name>), each with a list of values. */
export function readScope(
  faults: FaultList,
  scope: Readonly<Record<string, Values>>,
  path: Path,
  names: Names,
): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const addresses = addressNames(names)
  for (const [key, given] of Object.entries(scope)) {
    const name = addresses.includes(key) ? key : scopeKey(key)
    const at = [...path, key]
    if (!addresses.includes(name)) {
      faults.add(at, 'is no dimension of this portfolio', { value: key, names: addresses })
      continue
    }
    if (found.has(name)) faults.add(at, `stands here already as ${name}`)
    const values = listOf(given)
    if (name === 'stream') checkValues(faults, values, at, names.streams, 'stream')
    if (name === 'goal') checkValues(faults, values, at, names.goals, 'goal')
    found.set(name, values)
  }
  return Object.fromEntries(found)
}

/** Which items serve a goal, by plain names of dimensions. */
export function readMatch(
  faults: FaultList,
  match: Readonly<Record<string, Values>>,
  path: Path,
  names: Names,
): Readonly<Record<string, readonly string[]>> {
  for (const key of Object.keys(match)) {
    if (!names.dimensions.includes(key)) {
      faults.add([...path, key], 'is no dimension of this portfolio', { value: key, names: names.dimensions })
    }
  }
  return Object.fromEntries(Object.entries(match).map(([key, values]) => [key, listOf(values)]))
}

function addressNames(names: Names): string[] {
  return ['stream', ...names.dimensions.map(scopeKey)]
}

function checkValues(faults: FaultList, values: readonly string[], path: Path, names: readonly string[], what: string): void {
  for (const value of values) if (!names.includes(value)) faults.add(path, `names no ${what}`, { value, names })
}

function listOf(values: Values): readonly string[] {
  return typeof values === 'string' ? [values] : [...new Set(values)]
}
