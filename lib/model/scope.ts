import { CORE_DIMENSIONS, isDimensionName } from './dimension'

const CUSTOM = 'dim.'

/** Keys of an address that narrow the items in question: `stream`, the core dimensions, `dim.<name>`. */
export function isScopeKey(key: string): boolean {
  return key === 'stream' || scopeDimension(key) !== undefined
}

/** The dimension that a key of an address asks for; `undefined` for any other key. */
export function scopeDimension(key: string): string | undefined {
  const core: readonly string[] = CORE_DIMENSIONS
  if (core.includes(key)) return key
  const name = key.startsWith(CUSTOM) ? key.slice(CUSTOM.length) : ''
  return isDimensionName(name) ? name : undefined
}

/** The key by which an address asks for a dimension. */
export function scopeKey(dimension: string): string {
  const core: readonly string[] = CORE_DIMENSIONS
  return core.includes(dimension) ? dimension : `${CUSTOM}${dimension}`
}

/** Comma-separated list → values; `\,` is a comma inside a value. Blank values are dropped. */
export function splitList(text: string): string[] {
  const values = text.match(/(?:\\.|[^,\\])+/g) ?? []
  return values.map((value) => value.replace(/\\(.)/g, '$1').trim()).filter((value) => value !== '')
}

/** Values → comma-separated list that `splitList` reads back. */
export function joinList(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\,]/g, '\\$&')).join(',')
}
