import { type FinishedLife, finishedItems, finishedLives, lengthOf } from './finished'
import type { OracleRow } from './history'
import { ownParams } from './variants'
import type { World } from './world'

const DAY = 86_400

interface Asked {
  readonly isElapsed: boolean
  readonly isLog: boolean
  readonly rows: number
  /** Bounds of length, as counted: whole days, or seconds. */
  readonly low: number
  readonly high: number
}

interface Timed {
  readonly finished: FinishedLife
  readonly row: OracleRow
  /** Whole days, or seconds of elapsed time. */
  readonly length: number
}

/** Cells of days and lengths with the finished items in them, and the items that are points; an item is put where walking up the edges ends. */
export function spanDensity(world: World): OracleRow[] {
  const own = ownParams(world.question, 'span-density')
  const asked = askedOf(world, own)
  const timed = timedOf(world, asked.isElapsed)
  const shown = timed.filter(({ length }) => length >= asked.low && length < asked.high)
  const p95 = nearestRank95(timed.map(({ length }) => length))
  const ranked = shown.filter(({ length }) => length > p95).sort(longestFirst)
  const outliers = new Set(ranked.slice(0, Number(own.outliers ?? 500)))
  const chosen = (one: Timed) => (own.selected ?? '').split(',').includes(String(one.row.item_id))
  const isEach = shown.length <= Number(own.pointsBelow ?? 2000)
  const points = shown.filter((one) => isEach || outliers.has(one) || chosen(one))
  const same = {
    left_out_count: isEach ? 0 : ranked.filter((one) => !points.includes(one)).length,
    policy_count: shown.filter(({ finished }) => finished.policyMatters).length,
  }
  const toDays = (length: number) => (asked.isElapsed ? length / DAY : length)
  const pointRows = points.map((one) => ({
    ...{ kind: 'point', day_from: one.finished.finish.day, day_to: one.finished.finish.day + 1 },
    ...{ length_from: toDays(one.length), length_to: toDays(one.length), item_count: isEach ? 1 : 0, point_count: 1 },
    reason: chosen(one) ? 'selected' : isEach ? 'each' : 'outlier',
    ...one.row,
    ...same,
  }))
  if (isEach) return pointRows
  const cells = new Map<string, OracleRow>()
  for (const one of shown) {
    const [dayFrom, dayTo] = daysAround(one.finished.finish.day, world, Number(own.columns ?? 200))
    const [from, to] = lengthsAround(one.length, longest(shown, asked.isElapsed), asked)
    const key = `${dayFrom} ${from}`
    cells.set(key, {
      ...{ kind: 'cell', day_from: dayFrom, day_to: dayTo },
      ...{ length_from: toDays(Math.max(from, asked.low)), length_to: toDays(Math.min(to, asked.high)) },
      item_count: Number(cells.get(key)?.item_count ?? 0) + 1,
      point_count: Number(cells.get(key)?.point_count ?? 0) + (points.includes(one) ? 1 : 0),
      reason: null,
      ...same,
    })
  }
  return [...cells.values(), ...pointRows]
}

function askedOf(world: World, own: Readonly<Record<string, string>>): Asked {
  const isElapsed = (world.question.unit ?? (world.question.policy === 'sum_of_visits' ? 'elapsed' : 'days')) === 'elapsed'
  const counted = (days: string) => (isElapsed ? Math.round(Number(days) * DAY) : Math.ceil(Number(days)))
  return {
    isElapsed,
    isLog: own.scale === 'log',
    rows: Number(own.rows ?? 40),
    low: own.lengthFrom === undefined ? (isElapsed ? 0 : 1) : counted(own.lengthFrom),
    high: own.lengthTo === undefined ? Number.POSITIVE_INFINITY : counted(own.lengthTo),
  }
}

function timedOf(world: World, isElapsed: boolean): Timed[] {
  const rows = finishedItems(world)
  return finishedLives(world).map((finished, index) => {
    const length = lengthOf(finished, world)
    return { finished, row: rows[index] ?? {}, length: isElapsed ? Math.round(length * DAY) : length }
  })
}

function longestFirst(a: Timed, b: Timed): number {
  const [idA, idB] = [String(a.row.item_id), String(b.row.item_id)]
  const [streamA, streamB] = [String(a.row.stream_id), String(b.row.stream_id)]
  return (
    b.length - a.length ||
    b.finished.finish.at - a.finished.finish.at ||
    (streamA < streamB ? -1 : streamA > streamB ? 1 : idA < idB ? -1 : idA > idB ? 1 : 0)
  )
}

/** The smallest length with at least 95 of 100 at or below it. */
function nearestRank95(lengths: readonly number[]): number {
  const sorted = [...lengths].sort((a, b) => a - b)
  return sorted.find((value) => lengths.filter((other) => other <= value).length * 100 >= lengths.length * 95) ?? 0
}

/** Its own day; where the window has more days than columns, as many whole weeks as it takes, counted from Monday, 5 January 1970. */
function daysAround(day: number, world: World, columns: number): [number, number] {
  const days = world.to - world.from
  let width = 1
  if (days > columns) for (width = 7; width * columns < days; ) width += 7
  let start = 4
  while (start > day) start -= width
  while (start + width <= day) start += width
  return [Math.max(start, world.from), Math.min(start + width, world.to)]
}

/** Elapsed time is told apart by the quarter of an hour within a day, the hour within ten, six hours within a hundred, then by days. */
function grain(length: number, isElapsed: boolean): number {
  if (!isElapsed) return 1
  if (length < DAY) return 900
  if (length < 10 * DAY) return 3600
  return length < 100 * DAY ? 21_600 : DAY
}

function longest(shown: readonly Timed[], isElapsed: boolean): number {
  return Math.max(...shown.map(({ length }) => length - (length % grain(length, isElapsed))))
}

/** Steps up from the lowest edge until the next lies above. */
function lengthsAround(length: number, most: number, { isElapsed, isLog, rows, low }: Asked): [number, number] {
  if (!isLog) {
    const fine = grain(most, isElapsed)
    let step = fine
    while (step * rows < most + fine - low) step += fine
    let from = isElapsed ? low - (low % step) : low
    while (from + step <= length) from += step
    return [from, from + step]
  }
  const shortest = isElapsed ? 7200 : 1
  if (low < shortest && length < shortest) return [0, shortest]
  let from = low < shortest ? shortest : low - (low % grain(low, isElapsed))
  const ratio = Math.max((most / from) ** (1 / rows), 1.02)
  for (;;) {
    const fine = grain(from * ratio, isElapsed)
    let to = from - (from % fine) + fine
    while (to < from * ratio) to += fine
    if (to > length) return [from, to]
    from = to
  }
}
