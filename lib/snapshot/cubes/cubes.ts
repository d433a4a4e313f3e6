import { CORE_DIMENSIONS } from '../../model/dimension'
import type { SliceRule } from '../../model/unit'

/** A measure that adds up over rows, and the type that holds its sums. */
export interface Measure {
  readonly name: string
  readonly type: 'INTEGER' | 'BIGINT'
  /** Whether there is a column of it for each span, `<name>_<span>`. */
  readonly bySpan: boolean
}

/** What cubes of one kind have in common: beside `stream_id` and its dimensions each has these columns. */
export interface CubeFamily {
  readonly name: string
  /** The rule under which items count for their values; without any dimension all rules say the same. */
  readonly rule: SliceRule
  /** Whether rows are told apart by the span that is timed. */
  readonly bySpan: boolean
  readonly keys: readonly string[]
  readonly measures: readonly Measure[]
  /**
   * Sets of dimensions that there are cubes over: none at all; as pages ask for them; and as well all core ones together, or each dimension
   * by itself, also those that are not core ones.
   */
  readonly over: 'streams' | 'pages' | 'pages and all core ones' | 'pages and every dimension'
  /** Family whose cubes have all keys and measures of this one, so that it can be summed up from them. */
  readonly within?: CubeFamily
}

const count = (name: string): Measure => ({ name, type: 'INTEGER', bySpan: false })
const total = (name: string): Measure => ({ name, type: 'BIGINT', bySpan: false })
const countOfSpan = (name: string): Measure => ({ name, type: 'INTEGER', bySpan: true })
const totalOfSpan = (name: string): Measure => ({ name, type: 'BIGINT', bySpan: true })

/** Net change per day of the number of items by where they stand. */
export const LEVELS: CubeFamily = {
  name: 'levels',
  rule: 'as_of',
  bySpan: false,
  keys: ['day', 'position', 'mark', 'status'],
  measures: [count('item_delta')],
  over: 'pages and all core ones',
}

/** Net change per day of the number of items, wherever they stand. */
export const CENSUS: CubeFamily = {
  name: 'census',
  rule: 'as_of',
  bySpan: false,
  keys: ['day'],
  measures: [count('item_delta')],
  over: 'pages and every dimension',
  within: LEVELS,
}

/** Net change per day of the items in progress and of the sum of their start days; and the same of those beyond their stream's expectation, by the day on which they exceed it. */
export const PROGRESS: CubeFamily = {
  name: 'progress',
  rule: 'as_of',
  bySpan: false,
  keys: ['day'],
  measures: [countOfSpan('items'), totalOfSpan('starts'), countOfSpan('late_items'), totalOfSpan('late_days')],
  over: 'pages',
}

/** Finished items per day, with their times; each finish lasts until `until_day`. */
export const FINISHED: CubeFamily = {
  name: 'finished',
  rule: 'at_finish',
  bySpan: false,
  keys: ['finish_day', 'until_day'],
  measures: ['item_count', 'span_days', 'span_seconds', 'active_seconds', 'waiting_seconds', 'blocked_seconds'].map((name) =>
    name === 'item_count' ? countOfSpan(name) : totalOfSpan(name),
  ),
  over: 'pages',
}

/** Finished items per day and length in whole days, and of how many of them the length depends on the policy. */
export const LENGTHS: CubeFamily = {
  name: 'lengths',
  rule: 'at_finish',
  bySpan: true,
  keys: ['finish_day', 'until_day', 'span_days'],
  measures: [count('item_count'), count('policy_count')],
  over: 'pages',
}

/** Arrivals, departures, restorations and removals per day. */
export const CROSSINGS: CubeFamily = {
  name: 'crossings',
  rule: 'as_of',
  bySpan: false,
  keys: ['kind', 'day'],
  measures: [countOfSpan('item_count')],
  over: 'pages',
}

/**
 * Moves between positions per day, with the times of the stays that ended with them and the day on which they were undone, `NEVER` for most.
 * Of moves to an earlier stage also the seconds until they were undone, and those from midnight UTC of the day's date until they happened.
 */
export const STAGES: CubeFamily = {
  name: 'stages',
  rule: 'as_of',
  bySpan: false,
  keys: ['from_position', 'position', 'day', 'undone_day'],
  measures: [count('moves'), ...['working', 'waiting', 'blocked', 'lost', 'back'].map((name) => total(`${name}_seconds`))],
  over: 'pages',
}

/**
 * Exits and edges of stages that are not an item's first, by `kind`, with the day of the one before: what is taken off where items are
 * counted. It has no dimensions, since the one before may lie in another slice.
 */
export const REPEATED_STAGES: CubeFamily = {
  name: 'repeated_stages',
  rule: 'as_of',
  bySpan: false,
  keys: ['kind', 'from_position', 'position', 'day', 'before_day'],
  measures: [count('moves')],
  over: 'streams',
}

/** Finished items by the age at which they left each stage for the last time. */
export const EXIT_AGES: CubeFamily = {
  name: 'exit_ages',
  rule: 'at_finish',
  bySpan: true,
  keys: ['finish_day', 'until_day', 'position', 'age_days'],
  measures: [count('item_count')],
  over: 'streams',
}

/**
 * Items that are finished when history ends, by about how long they were in each stage on their way: `cell` and `stretch` tell the stage and
 * the length (`stretches.ts`), so that whoever looks for a percentile reads the stretches of a cell and then the seconds of a stretch.
 */
export const STAGE_TIMES: CubeFamily = {
  name: 'stage_times',
  rule: 'at_finish',
  bySpan: false,
  keys: ['cell', 'stretch'],
  measures: [count('item_count'), total('total_seconds')],
  over: 'streams',
}

/** The same of all finishes and more roughly, day by day; each lasts until `until_day`. */
export const STAGE_TIME_BANDS: CubeFamily = { ...STAGE_TIMES, name: 'stage_time_bands', keys: ['band', 'finish_day', 'until_day'] }

/** Stays that ended, by about how long they lasted, in the same way. */
export const STAY_TIMES: CubeFamily = { ...STAGE_TIMES, name: 'stay_times', rule: 'as_of' }

/** The same more roughly, by the day on which they ended. */
export const STAY_TIME_BANDS: CubeFamily = { ...STAY_TIMES, name: 'stay_time_bands', keys: ['band', 'day'] }

export const CUBE_FAMILIES: readonly CubeFamily[] = [
  ...[LEVELS, CENSUS, PROGRESS, FINISHED, LENGTHS, CROSSINGS, STAGES, REPEATED_STAGES],
  ...[EXIT_AGES, STAGE_TIMES, STAGE_TIME_BANDS, STAY_TIMES, STAY_TIME_BANDS],
]

/** Column of a measure, of one span where it has one for each. */
export function measureColumn({ name, bySpan }: Measure, span: string): string {
  return bySpan ? `${name}_${span}` : name
}

/** A table of sums of a daily fact, over the items of each stream and combination of values of its dimensions. */
export interface Cube {
  readonly table: string
  readonly family: CubeFamily
  readonly dimensions: readonly string[]
}

/** What pages combine; the last also answers for each part of it. */
const COMBINED = [
  ['team', 'type'],
  ['type', 'goal'],
  ['type', 'goal', 'priority'],
] as const

/** Cubes that a snapshot with these dimensions may hold of a family: over none, single ones, what pages combine, and all for any other question. */
export function cubesOf(family: CubeFamily, dimensions: readonly string[]): Cube[] {
  if (family.over === 'streams') return [{ table: cubeTable(family, [], dimensions), family, dimensions: [] }]
  const isEvery = family.over === 'pages and every dimension'
  const single = dimensions.filter((name) => isEvery || CORE_DIMENSIONS.some((core) => core === name))
  const sets = family.over === 'pages and all core ones' ? [...COMBINED, CORE_DIMENSIONS] : COMBINED
  const combined = sets.filter((set) => set.every((name) => dimensions.includes(name)))
  const narrow = [[], ...single.map((name) => [name]), ...combined].filter((set) => set.length < dimensions.length)
  return [...narrow, dimensions].map((set) => ({ table: cubeTable(family, set, dimensions), family, dimensions: set }))
}

/** Whether a cube is kept however large the snapshot: one over all dimensions then hardly sums anything up. */
export function isKeptAlways({ family, dimensions: own }: Cube, dimensions: readonly string[]): boolean {
  const isAll = own.length > 0 && own.length === dimensions.length
  return !isAll || (family.over === 'pages and all core ones' && own.length <= CORE_DIMENSIONS.length)
}

function cubeTable({ name }: CubeFamily, set: readonly string[], dimensions: readonly string[]): string {
  if (!set.length) return `cube_${name}`
  return `cube_${name}_by_${set.length === dimensions.length ? 'all' : set.join('_')}`
}
