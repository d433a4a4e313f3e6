import type { RawItem } from './history'
import type { Life, Moment } from './life'
import { changedFields } from './quality-rules'

const DAY_SECONDS = 86_400

interface Changed {
  readonly item: RawItem
  readonly moment: Moment
  readonly second: number
}

/** Rules that hold a change against all others of its stream: the items that they find. */
export const STREAM_RULES: Readonly<Record<string, readonly [severity: string, finds: (lives: readonly Life[]) => Set<RawItem>]>> = {
  'future-dates': ['error', (lives) => perStream(lives, farAhead)],
  bursts: ['warning', (lives) => perStream(lives, inBursts)],
  'no-time-of-day': ['info', (lives) => perStream(lives, atMidnight)],
  'clock-shift': ['warning', (lives) => perStream(lives, atOddHours)],
}

function perStream(lives: readonly Life[], rule: (changes: readonly Changed[]) => readonly Changed[]): Set<RawItem> {
  const found = new Set<RawItem>()
  for (const id of new Set(lives.map((life) => life.stream.id))) {
    const changes = lives.filter((life) => life.stream.id === id).flatMap(changesOf)
    for (const { item } of rule(changes)) found.add(item)
  }
  return found
}

function changesOf(life: Life): Changed[] {
  return changedFields(life).map(({ moment }) => {
    const second = Math.floor(moment.at / 1000) % DAY_SECONDS
    return { item: life.item, moment, second }
  })
}

/** More than 60 days after the day by which 99 % of the changes had happened. */
function farAhead(changes: readonly Changed[]): readonly Changed[] {
  const days = changes.map(({ moment }) => moment.day).sort((a, b) => a - b)
  const usual = days.find((day) => days.filter((other) => other <= day).length * 100 >= days.length * 99) ?? 0
  return changes.filter(({ moment }) => moment.day > usual + 60)
}

/** In one instant with 24 other items or more, ten times as many as an instant usually changes. */
function inBursts(changes: readonly Changed[]): readonly Changed[] {
  const instants = new Map<number, Set<RawItem>>()
  for (const { item, moment } of changes) instants.set(moment.at, (instants.get(moment.at) ?? new Set()).add(item))
  const usual = [...instants.values()].reduce((sum, items) => sum + items.size, 0) / instants.size
  const isBurst = (size: number) => size >= 25 && size >= 10 * usual
  return changes.filter(({ moment }) => isBurst(instants.get(moment.at)?.size ?? 0))
}

/** At midnight UTC, where less than half of the changes are and hardly any in the hour after it. */
function atMidnight(changes: readonly Changed[]): readonly Changed[] {
  const bare = changes.filter(({ second }) => second === 0)
  const soonAfter = changes.filter(({ second }) => second > 0 && second < 3600)
  return bare.length * 2 < changes.length && bare.length > 4 * soonAfter.length ? bare : []
}

/** On a day with ten changes or more, most of them in hours that hold less than a fiftieth of all changes: those ones. */
function atOddHours(changes: readonly Changed[]): readonly Changed[] {
  const hourOf = ({ second }: Changed) => Math.floor(second / 3600)
  const isRare = (one: Changed) => changes.filter((other) => hourOf(other) === hourOf(one)).length * 50 < changes.length
  const rare = changes.filter(isRare)
  const onDay = (list: readonly Changed[], day: number) => list.filter(({ moment }) => moment.day === day).length
  return rare.filter(({ moment: { day } }) => onDay(changes, day) >= 10 && 2 * onDay(rare, day) > onDay(changes, day))
}
