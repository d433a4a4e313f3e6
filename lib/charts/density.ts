export interface Tile {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly count: number
  readonly firstRow: number
}

export interface Density {
  readonly tiles: readonly Tile[]
  /** Rows above `dotsAbove`, kept as dots. */
  readonly outliers: readonly number[]
  readonly most: number
}

interface TileSize {
  /** Tiles left to right and upward. */
  readonly columns: number
  readonly rows: number
  /** Above this value points stay dots. */
  readonly dotsAbove: number
  readonly log: boolean
}

/** Counts points in a grid of tiles; tiles are equal in the axis's own scale. Whole days never share a tile edge unevenly. */
export function density(xs: readonly (number | null)[], ys: readonly (number | null)[], size: TileSize): Density {
  const known = xs.flatMap((x) => (x === null ? [] : [x]))
  const first = known.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY)
  const last = known.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY)
  const width = Math.max(1, Math.ceil((last - first + 1) / size.columns))
  const edges = yEdges(size)
  const counts = new Map<number, { count: number; firstRow: number }>()
  const outliers: number[] = []
  for (let row = 0; row < xs.length; row++) {
    const [x, y] = [xs[row], ys[row]]
    if (x === null || x === undefined || y === null || y === undefined) continue
    if (y > size.dotsAbove) {
      outliers.push(row)
      continue
    }
    const key = Math.floor((x - first) / width) * (edges.length + 1) + edgeBelow(edges, y)
    const cell = counts.get(key)
    if (cell) cell.count += 1
    else counts.set(key, { count: 1, firstRow: row })
  }
  const tiles = [...counts].map(([key, cell]) => {
    const [column, row] = [Math.floor(key / (edges.length + 1)), key % (edges.length + 1)]
    const x0 = first + column * width
    return { x0, x1: x0 + width, y0: edges[row] ?? 0, y1: edges[row + 1] ?? 0, ...cell }
  })
  return { tiles, outliers, most: tiles.reduce((most, tile) => Math.max(most, tile.count), 0) }
}

/** Edges of tiles, ascending, from just below one day to one edge above `dotsAbove`; a linear tile is a whole number of days high. */
function yEdges({ rows, dotsAbove, log }: TileSize): number[] {
  const edges: number[] = []
  if (log) {
    const low = Math.log10(0.5)
    const step = Math.max((Math.log10(Math.max(dotsAbove, 2)) - low) / rows, 0.04)
    for (let i = 0; 10 ** (low + (i - 1) * step) <= Math.max(dotsAbove, 1); i++) edges.push(10 ** (low + i * step))
    return edges
  }
  const step = Math.max(1, Math.ceil(dotsAbove / rows))
  for (let i = 0; 0.5 + (i - 1) * step <= Math.max(dotsAbove, 1); i++) edges.push(0.5 + i * step)
  return edges
}

/** Index of the last lower edge at or below the value; 0 when all are above. */
function edgeBelow(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 2]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((edges[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
