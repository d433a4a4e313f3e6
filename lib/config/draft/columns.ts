import type { ColumnProfile, DataProfile } from '@/lib/model/data-profile'
import type { DateReading } from './date-format'
import { readDates } from './date-format'
import { nameFit } from './words'

/** Texts that people write where there is no value. */
const NULL_WORDS = ['?', '-', '--', 'N/A', 'n/a', '#N/A', 'NULL', 'null', '\\N', '(none)', 'nil', 'undefined', 'NaN']

export interface ColumnFacts {
  readonly column: ColumnProfile
  readonly dates: DateReading
}

export type Facts = readonly ColumnFacts[]

export function factsOf(profile: DataProfile): Facts {
  return profile.columns.map((column) => ({ column, dates: readDates(column.samples.filter((value) => !NULL_WORDS.includes(value))) }))
}

/** Null words that stand in the columns. */
export function nullWords(columns: readonly ColumnProfile[]): string[] {
  return NULL_WORDS.filter((word) => columns.some((column) => column.samples.includes(word)))
}

export function isTime({ dates }: ColumnFacts): boolean {
  return dates.kind !== 'none'
}

const ITEM = [
  'id',
  'key',
  'number',
  'item id',
  'issue id',
  'work item id',
  'case id',
  'ticket id',
  'issue key',
  'item',
  'ticket',
  'issue',
  'case',
]
const AT = ['at', 'timestamp', 'time', 'changed', 'updated', 'modified', 'date', 'when', 'event', 'transition', 'committed']
const NOT_AT = ['created', 'creation', 'opened', 'resolved', 'closed', 'due', 'deadline', 'planned', 'birth', 'end', 'resolution']
const STATE = ['state', 'status', 'stage', 'phase', 'column', 'step', 'activity', 'to', 'lane', 'list']
const CREATED = ['created', 'created at', 'created date', 'date created', 'creation date', 'created on', 'opened', 'opened at', 'reported']
const NOT_A_STAGE = ['updated', 'modified', 'due', 'deadline', 'planned', 'target', 'last', 'viewed', 'estimated', 'expected', 'changed']

/** The column that tells items apart; `undefined` when no name and no count speak for one. */
export function guessItem(facts: Facts, rowCount: number): string | undefined {
  return best(facts, (fact) => {
    const { blankRatio, distinctCount } = fact.column
    const named = nameFit(fact.column.name, ITEM)
    if (isTime(fact) || !named || blankRatio > 0.5 || distinctCount < Math.min(2, rowCount)) return 0
    return named * 3 + (1 - blankRatio) * 2 + (distinctCount > rowCount / 1000 ? 1 : 0)
  })
}

/** The time of a change. */
export function guessAt(facts: Facts, rowCount: number): string | undefined {
  return best(facts, (fact) => {
    if (!isTime(fact)) return 0
    const { name, blankRatio, distinctCount } = fact.column
    const clock = 'hasTime' in fact.dates && fact.dates.hasTime ? 1 : 0
    return 4 + nameFit(name, AT) * 2 - nameFit(name, NOT_AT) * 3 + clock + (1 - blankRatio) * 2 + distinctCount / Math.max(1, rowCount)
  })
}

/** The state after a change: few values, each often. */
export function guessState(facts: Facts, rowCount: number, item: string | undefined): string | undefined {
  return best(facts, (fact) => {
    const { name, distinctCount, blankRatio } = fact.column
    if (name === item || isTime(fact) || distinctCount < 1 || distinctCount > 200 || distinctCount > Math.max(3, rowCount / 2)) return 0
    const named = nameFit(name, STATE)
    return named ? named * 3 + (1 - blankRatio) : 0
  })
}

export function guessCreated(facts: Facts): string | undefined {
  return best(facts, (fact) => (isTime(fact) ? nameFit(fact.column.name, CREATED) : 0))
}

/** Date columns that mark the entry into a stage. */
export function guessStageColumns(facts: Facts): string[] {
  const dated = facts.filter(isTime).map((fact) => fact.column.name)
  const own = dated.filter((name) => nameFit(name, NOT_A_STAGE) === 0)
  const later = own.filter((name) => nameFit(name, CREATED) < 2)
  return later.length >= 2 ? later : own
}

interface Role {
  readonly role: string
  readonly wordings: readonly string[]
  /** Most distinct values that still make sense. */
  readonly most: number
  /** How well the name must fit: 3 whole name, 2 last word, 1 any word. */
  readonly least: number
}

const DETAILS: readonly Role[] = [
  { role: 'key', wordings: ['issue key', 'key'], most: Number.POSITIVE_INFINITY, least: 2 },
  { role: 'title', wordings: ['title', 'summary', 'name', 'subject', 'short description'], most: Number.POSITIVE_INFINITY, least: 2 },
  { role: 'url', wordings: ['url', 'link', 'href'], most: Number.POSITIVE_INFINITY, least: 2 },
  { role: 'blocked', wordings: ['blocked', 'is blocked', 'flagged', 'impediment'], most: 5, least: 2.5 },
]

const DIMENSIONS: readonly Role[] = [
  {
    role: 'team',
    wordings: ['team', 'assignment group', 'assigned team', 'squad', 'owning sig', 'sig', 'area path', 'group'],
    most: 2000,
    least: 1.5,
  },
  { role: 'type', wordings: ['work item type', 'issue type', 'item type', 'type', 'tracker', 'kind'], most: 60, least: 2.5 },
  { role: 'priority', wordings: ['priority', 'prio'], most: 40, least: 2.5 },
  { role: 'goal', wordings: ['goal', 'objective', 'initiative'], most: 500, least: 2.5 },
  { role: 'product', wordings: ['product', 'category', 'service', 'component'], most: 500, least: 2.5 },
]

/** Columns that describe items: role → column, without those already taken. */
export function guessDetails(facts: Facts, taken: readonly (string | undefined)[]): Record<string, string> {
  return guessRoles(DETAILS, facts, taken)
}

/** Dimension → column. */
export function guessDimensions(facts: Facts, taken: readonly (string | undefined)[]): Record<string, string> {
  return guessRoles(DIMENSIONS, facts, taken)
}

function guessRoles(roles: readonly Role[], facts: Facts, taken: readonly (string | undefined)[]): Record<string, string> {
  const used = [...taken]
  const found: Record<string, string> = {}
  for (const { role, wordings, most, least } of roles) {
    const name = best(facts, (fact) => {
      const { distinctCount, blankRatio } = fact.column
      const named = nameFit(fact.column.name, wordings)
      if (isTime(fact) || used.includes(fact.column.name) || named < least || distinctCount < 1 || distinctCount > most) return 0
      return named + (1 - blankRatio) / 10
    })
    if (name === undefined) continue
    found[role] = name
    used.push(name)
  }
  return found
}

function best(facts: Facts, score: (fact: ColumnFacts) => number): string | undefined {
  let found: string | undefined
  let most = 0
  for (const fact of facts) {
    const points = score(fact)
    if (points > most) [found, most] = [fact.column.name, points]
  }
  return found
}
