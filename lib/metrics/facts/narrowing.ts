/** A value at a rank that is looked for among counted things, more and more closely. */
export interface Sought {
  /** Whose it is. */
  readonly key: string
  readonly percentile: number
  /** Its rank, from 1 on, among what lies in the places. */
  readonly rank: number
  /** Numbers of the places in which it lies. */
  readonly places: readonly number[]
  /** Its length as far as it is known. */
  readonly length: number
}

/** Things of about the same length, counted. */
export interface Counted {
  /** The place of which they are a part. */
  readonly within: number
  /** Their own number as a place. */
  readonly place: number
  readonly length: number
  readonly count: number
}

/** Things of one length, wherever they are. */
interface Alike {
  readonly length: number
  count: number
  readonly places: number[]
}

/** Where each value lies among the parts of its places. What is not among them is left out. */
export function narrowed(sought: readonly Sought[], counted: readonly Counted[]): Sought[] {
  const parts = new Map<number, Counted[]>()
  for (const part of counted) {
    const known = parts.get(part.within)
    if (known) known.push(part)
    else parts.set(part.within, [part])
  }
  // Percentiles of one stage begin in the very same places.
  const ordered = new Map<readonly number[], readonly Alike[]>()
  return sought.flatMap((one) => {
    const alike = ordered.get(one.places) ?? inOrder(one.places.flatMap((place) => parts.get(place) ?? []))
    ordered.set(one.places, alike)
    return narrowedOne(one, alike)
  })
}

/** By length, the shortest first. */
function inOrder(parts: readonly Counted[]): Alike[] {
  const byLength = new Map<number, Alike>()
  for (const { length, count, place } of parts) {
    const known = byLength.get(length)
    if (known) {
      known.count += count
      known.places.push(place)
    } else byLength.set(length, { length, count, places: [place] })
  }
  return [...byLength.values()].sort((a, b) => a.length - b.length)
}

function narrowedOne(one: Sought, parts: readonly Alike[]): Sought[] {
  let { rank } = one
  for (const { length, count, places } of parts) {
    if (rank <= count) return [{ ...one, rank, length, places }]
    rank -= count
  }
  return []
}
