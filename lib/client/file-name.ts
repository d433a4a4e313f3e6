import { isScopeKey, splitList } from '../model/scope'
import { formatDay, parseDay } from '../time/day'
import type { Params } from './scope'

interface Named {
  readonly metric: string
  /** What the answer was asked for. */
  readonly params: Params
  readonly snapshot?: string
  readonly ending: string
}

const MOST_VALUES = 3
/** File systems take 255 bytes a name; letters of other scripts have up to four. */
const MOST_BYTES = 200
const WORD_BYTES = 40

/** Name of a file with an answer: metric, streams, filters, choices, period, snapshot. It says what was filtered, since CSV can't. */
export function fileName({ metric, params, snapshot, ending }: Named): string {
  const { stream, from, to, asOf, ...rest } = params
  const [slices, choices] = [Object.keys(rest).filter(isScopeKey), Object.keys(rest).filter((name) => !isScopeKey(name))]
  const said = [...slices, ...choices].sort((a, b) => Number(isScopeKey(b)) - Number(isScopeKey(a)) || (a < b ? -1 : 1))
  const asOfPart = asOf === undefined ? [] : [`as-of-${slug(asOf)}`]
  const head = [metric, stream === undefined ? 'all-streams' : valuesOf(stream)]
  const middle = said.flatMap((name) => (rest[name] ? [`${slug(name)}-${valuesOf(rest[name])}`] : []))
  const tail = [period(from, to), ...asOfPart, ...(snapshot === undefined ? [] : [snapshot])]
  return `${fitting(head, middle, tail).join('_')}.${ending}`
}

function valuesOf(list: string): string {
  const values = splitList(list).map(slug).filter(Boolean)
  const more = values.length - MOST_VALUES
  return [...values.slice(0, MOST_VALUES), ...(more > 0 ? [`and-${more}-more`] : [])].join('-') || 'other'
}

/** Filters that find no room are counted: a name must not pass for that of a wider answer. */
function fitting(head: readonly string[], middle: readonly string[], tail: readonly string[]): string[] {
  for (let kept = middle.length; kept >= 0; kept--) {
    const left = middle.length - kept
    const parts = [...head, ...middle.slice(0, kept), ...(left > 0 ? [`and-${left}-more-filters`] : []), ...tail]
    if (kept === 0 || byteLength(parts.join('_')) <= MOST_BYTES) return parts
  }
  return [...head, ...tail]
}

/** Both days are part of it. */
function period(from: string | undefined, to: string | undefined): string {
  const end = to === undefined ? undefined : parseDay(to)
  const last = end === undefined ? undefined : formatDay(end - 1)
  const first = from === undefined || parseDay(from) === undefined ? undefined : from
  if (first === undefined) return last === undefined ? 'whole-history' : `to-${last}`
  return last === undefined ? `from-${first}` : `${first}-to-${last}`
}

/** Letters and digits of any script, else a hyphen. */
function slug(text: string): string {
  const words = text
    .normalize('NFC')
    .toLocaleLowerCase('en')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  let kept = ''
  for (const letter of words) {
    if (byteLength(kept + letter) > WORD_BYTES) break
    kept += letter
  }
  return kept
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
