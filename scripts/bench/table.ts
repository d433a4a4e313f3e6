import type { Result } from './contest'
import { OURS, SCAN } from './names'
import type { SizeResult } from './size'
import { closest, milliseconds, orderOf, ratioTo, times, verdict } from './verdict'
import type { WireResult } from './wire'

/** A table for people, columns as wide as need be. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return rows.map((row) => `${line(row.slice(0, -1)).join('  ')}  ${row.at(-1) ?? ''}`.trimEnd()).join('\n')
}

/** All views of a size: ours with its spread, everybody else in ms and as a multiple of ours. */
export function sizeTable({ items, changes, rivals, missing, views }: SizeResult): string {
  const names = [...new Set(views.flatMap(({ results }) => results.map(({ name }) => name)))].sort((a, b) => orderOf(a) - orderOf(b))
  const others = names.filter((name) => name !== OURS)
  const header = ['view', 'rows', 'ours ms', 'quartiles', 'first', ...others, 'who wins']
  const body = views.map(({ view, results }) => {
    const ours = results.find(({ name }) => name === OURS)
    const spread = ours?.spread
    return [
      view,
      String(ours?.rows ?? ''),
      spread ? milliseconds(spread.median) : '–',
      spread ? `${milliseconds(spread.low)}–${milliseconds(spread.high)}` : '',
      ours?.firstMs === undefined ? '' : milliseconds(ours.firstMs),
      ...others.map((name) =>
        cellOf(
          ours,
          results.find((result) => result.name === name),
        ),
      ),
      verdict(results),
    ]
  })
  const refused = views.flatMap(({ view, results }) =>
    results.flatMap(({ name, refused }) => (refused ? [`  not timed: ${name}, ${view}: ${refused}`] : [])),
  )
  return [
    `${items.toLocaleString('en')} items, ${changes.toLocaleString('en')} changes. Times in ms, from question to Arrow bytes; N × means so many times as long as ours.`,
    'First: our first answer to the view, with what it reads to stay in memory where no view before it has.',
    `Of the ${SCAN} it says what share of it ours takes.`,
    textTable([header, ...body]),
    ...refused,
    ...closest(views).map(({ name, view, ratio }) => `  ${name}: closest in "${view}", ${times(ratio)}`),
    ...rivals.map(({ name, about }) => `  ${name}: ${about}`),
    ...missing.map(({ name, why }) => `  missing: ${name}: ${why}`),
  ].join('\n')
}

function cellOf(ours: Result | undefined, other: Result | undefined): string {
  if (!other) return ''
  if (!other.spread) return 'refused'
  const ratio = ratioTo(ours, other)
  const ms = milliseconds(other.spread.median)
  if (ratio === undefined) return ms
  return other.name === SCAN ? `${ms} (ours ${times(1 / ratio)})` : `${ms} (${times(ratio)})`
}

/** Arrow against row objects and JSON. */
export function wireTable(results: readonly WireResult[]): string {
  const rows = results.map(({ rows, query, arrow, json, arrowBytes, jsonBytes }) => [
    rows.toLocaleString('en'),
    milliseconds(query.median),
    milliseconds(arrow.median),
    milliseconds(json.median),
    times(json.median / arrow.median),
    conversionRatio(json.median - query.median, arrow.median - query.median),
    conversionRatio(arrow.median - query.median, query.median),
    `${Math.round(arrowBytes / 1000)} / ${Math.round(jsonBytes / 1000)} kB`,
  ])
  const header = [
    'rows × 4 columns',
    'query alone ms',
    'query → Arrow ms',
    'query → row objects → JSON ms',
    'in all',
    'conversion alone',
    'conversion / query',
    'bytes',
  ]
  return textTable([header, ...rows])
}

/** Differences of medians: where the spread is larger than what is to be told, they say nothing. */
export function conversionRatio(more: number, less: number): string {
  return more > 0 && less > 0 ? times(more / less) : 'too small to tell'
}
