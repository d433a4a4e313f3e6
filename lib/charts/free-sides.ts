/** px from the upper left corner of a plot, right and down. */
export interface Rect {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Dot {
  readonly x: number
  readonly y: number
  readonly radius: number
}

const SIDES = ['right', 'left', 'top'] as const
export type Side = (typeof SIDES)[number]

/** px: of a capital or a figure, around a text on its ground, of a line of text, and from a dot to its name. */
const [LETTER, PADDING, LINE, DISTANCE] = [7.7, 3, 16, 5]

interface Surroundings {
  readonly dots: readonly Dot[]
  readonly width: number
  /** What is not to be covered beside them. */
  readonly taken: readonly Rect[]
}

/**
 * On which side of its dot each name stands: where it covers neither a dot nor another name nor leaves the plot sideways. Those given
 * first choose first; one that finds no place has none. @param names by the place of their dot
 */
export function freeSides(names: ReadonlyMap<number, string>, { dots, width, taken }: Surroundings): ReadonlyMap<number, Side> {
  const [sides, covered] = [new Map<number, Side>(), [...taken]]
  for (const [place, name] of names) {
    const dot = dots[place]
    const others = dots.filter((_, other) => other !== place)
    const isFree = (rect: Rect) =>
      rect.left >= 0 && rect.right <= width && !others.some((dot) => isUnder(rect, dot)) && !covered.some((other) => doMeet(rect, other))
    const side = dot && name ? SIDES.find((wished) => isFree(nameRect(name, dot, wished))) : undefined
    if (!dot || !side) continue
    sides.set(place, side)
    covered.push(nameRect(name, dot, side))
  }
  return sides
}

function nameRect(name: string, { x, y, radius }: Dot, side: Side): Rect {
  const [width, away] = [textWidth(name), radius + DISTANCE]
  if (side === 'top') return { left: x - width / 2, right: x + width / 2, top: y - away - LINE, bottom: y - away }
  const left = side === 'right' ? x + away : x - away - width
  return { left, right: left + width, top: y - LINE / 2, bottom: y + LINE / 2 }
}

function textWidth(text: string): number {
  return text.length * LETTER + 2 * PADDING
}

function isUnder({ left, right, top, bottom }: Rect, { x, y, radius }: Dot): boolean {
  return x + radius > left && x - radius < right && y + radius > top && y - radius < bottom
}

function doMeet(one: Rect, other: Rect): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top
}
