import type { BrowserResult } from './browser'
import { textTable } from './table'
import { milliseconds } from './verdict'

/** What a browser makes of the answers, for people. */
export function browserTable({ items, stream, scope, drawn, gestures }: BrowserResult): string {
  const charts = drawn.map(({ chart, afterAnswer, afterStart }) => [
    chart,
    ...[afterAnswer, afterStart].flatMap(({ median, low, high }) => [milliseconds(median), `${milliseconds(low)}–${milliseconds(high)}`]),
    String(afterAnswer.runs),
  ])
  const moves = gestures.map(({ gesture, frames }) => [gesture, frames.perSecond.toFixed(1), milliseconds(frames.longestMs)])
  return [
    `browser, ${items.toLocaleString('en')} items, flow of ${stream}: ${scope}`,
    textTable([['chart', 'from its answer ms', 'quartiles', 'from the address ms', 'quartiles', 'runs'], ...charts]),
    textTable([['gesture', 'frames a second', 'longest without one ms'], ...moves]),
  ].join('\n')
}
