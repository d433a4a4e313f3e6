import type { ColumnTable } from '../../engine/columns'

interface Entries<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): unknown
}

/** The entry of a map, made where there is none yet. */
export function entryOf<K, V>(map: Entries<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}

/**
 * The same function, worked out once for each answer: it is looked at again after every further question.
 * @param derive what else it is given has to be the same for the same answer
 */
export function oncePerAnswer<Rest extends readonly unknown[], T>(
  derive: (answer: ColumnTable, ...rest: Rest) => T,
): (answer: ColumnTable, ...rest: Rest) => T {
  const known = new WeakMap<ColumnTable, T>()
  return (answer, ...rest) => entryOf(known, answer, () => derive(answer, ...rest))
}
