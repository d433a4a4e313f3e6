import { type FinishedLife, finishedLives } from './finished'
import type { OracleRow, RawChange } from './history'
import { endOfDay, type Life } from './life'
import { changedFields, keyIn, type Population, RULES, titleOf } from './quality-rules'
import { isCounted, isInWindow, nearestRank } from './stays'
import { STREAM_RULES } from './stream-rules'
import { ownParams } from './variants'
import { wip } from './work'
import { isAsked, type World, windowDays } from './world'

/** Every rule that finds something, with what the headline figures are without the items that it finds (definitions §1, §15). */
export function dataQuality(world: World): OracleRow[] {
  const ungrouped = { ...world, question: { ...world.question, groupBy: undefined, grain: undefined } }
  const own = ownParams(world.question, 'data-quality')
  const asked = world.lives.filter((life) => isInQuestion(ungrouped, life))
  const finished = headline(ungrouped)
  const isWanted = (rule: string) => own.check === undefined || own.check === rule
  const all = populationOf(world.allLives())
  const common = { all, span: world.question.span, idleDays: Number(own.idleDays ?? 90), asOf: world.asOf }
  const single = Object.entries(RULES).map(([rule, [severity, finds]]) => {
    const found = asked.filter((life) => finds({ ...common, life, isInWindow: (day) => isInWindow(world, day) }))
    return { rule, severity, found }
  })
  const many = Object.entries(STREAM_RULES).map(([rule, [severity, finds]]) => {
    const odd = finds(world.lives)
    return { rule, severity, found: asked.filter((life) => odd.has(life.item)) }
  })
  const rows = [...single, ...many]
    .filter(({ rule, found }) => isWanted(rule) && found.length)
    .map(({ rule, severity, found }) => ({ rule, severity, item_count: found.length, ...effectOf(ungrouped, finished, found) }))
  return [...rows, ...repairs(world, finished).filter(({ rule, item_count }) => isWanted(String(rule)) && item_count)]
}

/** In scope, and open at the end of a day of the window or changed inside it. */
function isInQuestion(world: World, life: Life): boolean {
  const isOpen = windowDays(world).some((day) => endOfDay(life, day)?.status === 'open')
  const isChanged = changedFields(life).some(({ moment }) => isInWindow(world, moment.day))
  return (isOpen || isChanged) && isCounted(world, life, world.to - 1)
}

function populationOf(lives: readonly Life[]): Population {
  const keys = new Map<string, number>()
  const titles = new Map<string, Set<string>>()
  for (const life of lives) {
    keys.set(keyIn(life), (keys.get(keyIn(life)) ?? 0) + 1)
    const title = titleOf(life)
    if (title !== undefined) titles.set(title, (titles.get(title) ?? new Set()).add(life.stream.id))
  }
  return { keys, titles }
}

interface Headline {
  readonly finished: readonly FinishedLife[]
  readonly wip: number
}

function headline(world: World): Headline {
  const { rule } = world.question
  const finished = finishedLives({ ...world, question: { ...world.question, rule: rule === 'as_of' ? 'at_finish' : rule } })
  return { finished, wip: inProgress(world) }
}

/** Work in progress at the end of the window, by the naive `wip`. */
function inProgress(world: World): number {
  if (world.from >= world.to) return 0
  return Number(
    wip({ ...world, question: { ...world.question, grain: undefined } }).find((row) => row.day_on === world.to - 1)?.item_count ?? 0,
  )
}

function effectOf(world: World, whole: Headline, found: readonly Life[]): OracleRow {
  const odd = new Set(found.map((life) => life.item))
  const rest = whole.finished.filter(({ life }) => !odd.has(life.item))
  const left = { ...world, lives: world.lives.filter((life) => !odd.has(life.item)) }
  return { ...told(whole), throughput_without: rest.length, p85_without: p85Of(rest), wip_without: inProgress(left) }
}

function told({ finished, wip: count }: Headline): OracleRow {
  return { throughput_with: finished.length, p85_with: p85Of(finished), wip_with: count }
}

function p85Of(finished: readonly FinishedLife[]): number | null {
  return nearestRank(
    finished.map(({ days }) => days),
    85,
  )
}

/** What the build put right, over the whole history of the streams that are asked about. */
function repairs(world: World, whole: Headline): OracleRow[] {
  const items = world.history.streams
    .filter(({ stream }) => isAsked(world, stream.id))
    .flatMap((source) => source.items)
    .filter((item) => item.changes.some((change) => change.state !== null))
  const rows = items.flatMap((item) => item.changes.map((change, index) => ({ change, before: item.changes.slice(0, index) })))
  const isLate = ({ change, before }: { change: RawChange; before: readonly RawChange[] }) => before.some((one) => one.at > change.at)
  const early = items.filter((item) => item.createdAt !== null && item.changes.some((change) => change.at < (item.createdAt ?? 0)))
  const without = { throughput_without: null, p85_without: null, wip_without: null, ...told(whole) }
  return [
    { rule: 'time-backwards', severity: 'warning', item_count: rows.filter(isLate).length, ...without },
    { rule: 'state-missing', severity: 'info', item_count: rows.filter(({ change }) => change.state === null).length, ...without },
    { rule: 'created-after-first-change', severity: 'warning', item_count: early.length, ...without },
  ]
}
