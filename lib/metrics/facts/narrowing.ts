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

/** Where each value lies among the parts of its places. What is not among them is left out. */
export function narrowed(sought: readonly Sought[], counted: readonly Counted[]): Sought[] {
  const parts = new Map<number, Counted[]>()
  for (const part of counted) {
    const known = parts.get(part.within)
    if (known) known.push(part)
    else parts.set(part.within, [part])
  }
  return sought.flatMap((one) =>
    narrowedOne(
      one,
      one.places.flatMap((place) => parts.get(place) ?? []),
    ),
  )
}

function narrowedOne(one: Sought, parts: readonly Counted[]): Sought[] {
  const counts = new Map<number, number>()
  for (const { length, count } of parts) counts.set(length, (counts.get(length) ?? 0) + count)
  let { rank } = one
  for (const [length, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (rank <= count) return [{ ...one, rank, length, places: parts.filter((part) => part.length === length).map(({ place }) => place) }]
    rank -= count
  }
  return []
}
