import type { SizeResult } from './size'

const [WIDTH, HEIGHT] = [820, 520]
const PLOT = { left: 76, right: 48, top: 76, bottom: 150 }
const COLORS = ['#1b6ac9', '#8a939c', '#c77d00', '#2f7d4f', '#74b58a', '#b23a48', '#7a4fa3', '#3d3d3d']
const LEGEND_COLUMNS = 3

type Point = readonly [items: number, ms: number]

/** Cost of one view against the number of items, both logarithmic, as an SVG. `undefined` when nobody was timed. */
export function costChart(view: string, sizes: readonly SizeResult[]): string | undefined {
  const lines = linesOf(view, sizes)
  const points = [...lines.values()].flat()
  if (!points.length) return undefined
  const x = scaleOf(
    points.map(([items]) => items),
    [PLOT.left, WIDTH - PLOT.right],
  )
  const y = scaleOf(
    points.map(([, ms]) => ms),
    [HEIGHT - PLOT.bottom, PLOT.top],
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    label(16, 28, view, 'font-size="17" font-weight="bold"'),
    label(16, 48, 'Median from question to Arrow bytes, ms, by number of items. Both scales are logarithmic.', 'fill="#555555"'),
    ...x.ticks.flatMap((tick) => [
      rule(x.at(tick), PLOT.top, x.at(tick), HEIGHT - PLOT.bottom),
      label(x.at(tick), HEIGHT - PLOT.bottom + 18, tick.toLocaleString('en'), 'text-anchor="middle"'),
    ]),
    ...y.ticks.flatMap((tick) => [
      rule(PLOT.left, y.at(tick), WIDTH - PLOT.right, y.at(tick)),
      label(PLOT.left - 8, y.at(tick) + 4, `${tick.toLocaleString('en', { maximumFractionDigits: 4 })} ms`, 'text-anchor="end"'),
    ]),
    label((PLOT.left + WIDTH - PLOT.right) / 2, HEIGHT - PLOT.bottom + 38, 'items', 'text-anchor="middle" fill="#555555"'),
    ...[...lines].flatMap(([name, own], index) => lineOf(name, own, { index, x, y })),
    '</svg>',
  ].join('\n')
}

function linesOf(view: string, sizes: readonly SizeResult[]): Map<string, Point[]> {
  const lines = new Map<string, Point[]>()
  for (const { items, views } of sizes.toSorted((a, b) => a.items - b.items)) {
    for (const { name, spread } of views.find((found) => found.view === view)?.results ?? []) {
      if (spread) lines.set(name, [...(lines.get(name) ?? []), [items, spread.median]])
    }
  }
  return lines
}

interface Scale {
  readonly ticks: readonly number[]
  at(value: number): number
}

/** Whole powers of ten around the values. */
function scaleOf(values: readonly number[], [start, end]: readonly [number, number]): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    at: (value) => start + ((Math.log10(value) - low) / (high - low)) * (end - start),
  }
}

function lineOf(name: string, points: readonly Point[], { index, x, y }: { index: number; x: Scale; y: Scale }): string[] {
  const color = COLORS[index % COLORS.length] ?? '#000000'
  const places = points.map(([items, ms]) => [x.at(items).toFixed(1), y.at(ms).toFixed(1)] as const)
  const [left, top] = [16 + (index % LEGEND_COLUMNS) * 264, HEIGHT - 76 + Math.floor(index / LEGEND_COLUMNS) * 22]
  return [
    `<polyline points="${places.map((place) => place.join(',')).join(' ')}" fill="none" stroke="${color}" stroke-width="${index === 0 ? 3 : 1.5}"/>`,
    ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="${index === 0 ? 5 : 4}" fill="${color}"/>`),
    `<circle cx="${left + 6}" cy="${top - 4}" r="5" fill="${color}"/>`,
    label(left + 18, top, name, ''),
  ]
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#e3e6e9"/>`
}

function label(x: number, y: number, text: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`
}

/** A file name out of the name of a view. */
export function slugOf(view: string): string {
  return view
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
