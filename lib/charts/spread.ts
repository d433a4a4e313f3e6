/**
 * Moves labels apart that would stand on each other: offsets in px (down is positive) for wished places, so that neighbours
 * are at least `gap` apart, none leaves `[low, high]`, and each moves as little as its group allows.
 */
export function spreadOffsets(places: readonly number[], gap: number, range: readonly [number, number]): number[] {
  const settle = (members: readonly number[]) => settled(members, { places, gap, range })
  const order = [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
  const groups: Group[] = []
  for (const index of order) {
    groups.push(settle([index]))
    while (groups.length > 1) {
      const [last, before] = [groups[groups.length - 1], groups[groups.length - 2]]
      if (!last || !before || before.start + before.members.length * gap <= last.start) break
      groups.splice(-2, 2, settle([...before.members, ...last.members]))
    }
  }
  const offsets = new Array<number>(places.length).fill(0)
  for (const { members, start } of groups) {
    members.forEach((index, step) => {
      offsets[index] = Math.round(start + step * gap - (places[index] ?? 0))
    })
  }
  return offsets
}

interface Group {
  readonly members: readonly number[]
  readonly start: number
}

interface Wishes {
  readonly places: readonly number[]
  readonly gap: number
  readonly range: readonly [number, number]
}

/** A group stands with its middle at the mean of its members' wishes, inside the range. */
function settled(members: readonly number[], { places, gap, range: [low, high] }: Wishes): Group {
  const mean = members.reduce((sum, index) => sum + (places[index] ?? 0), 0) / members.length
  const length = (members.length - 1) * gap
  return { members, start: Math.max(low, Math.min(mean - length / 2, high - length)) }
}

/** A round number at or above the value: 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten. */
export function niceCeil(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
  return (steps.find((step) => step * power >= value * 0.9999) ?? 10) * power
}
