import type { DataProfile } from '@/lib/model/data-profile'
import type { Fault } from '@/lib/problem'
import { Problem, showValue } from '@/lib/problem'
import { nearestNames } from '../nearest'
import type { Facts } from './columns'
import {
  factsOf,
  guessAt,
  guessCreated,
  guessDetails,
  guessDimensions,
  guessItem,
  guessStageColumns,
  guessState,
  nullWords,
} from './columns'
import { agreedFormat } from './day-or-month'

/** What somebody says instead of having it guessed: columns by name, the strptime format. */
export interface DraftChoices {
  readonly layout?: 'changes' | 'stages'
  readonly item?: string
  readonly at?: string
  readonly state?: string
  readonly format?: string
}

/** The columns of a draft. Next the states are counted: of `state`, or with layout `stages` of the `stageColumns`. */
export interface DraftPlan {
  readonly profile: DataProfile
  readonly layout: 'changes' | 'stages'
  readonly item: string
  /** Layout `changes` only. */
  readonly at?: string
  /** Layout `changes`: the state after a change; layout `stages`: the present one, where there is such a column. */
  readonly state?: string
  readonly created?: string
  /** key, title, url, blocked → column. */
  readonly details: Readonly<Record<string, string>>
  /** Dimension → column. */
  readonly dimensions: Readonly<Record<string, string>>
  /** Layout `stages`: date columns in the order of the file; else empty. */
  readonly stageColumns: readonly string[]
  /** Absent: ISO 8601. */
  readonly format?: string
  readonly hasOffset: boolean
  readonly nulls: readonly string[]
}

/** An id repeats less often than this when a row is an item. */
const UNIQUE_RATIO = 0.98

/** Step one of a draft: which column is what. Throws a Problem when that cannot be told, day and month included. */
export function planDraft(profile: DataProfile, choices: DraftChoices = {}): DraftPlan {
  refuseUnknownColumns(profile, choices)
  if (profile.rowCount === 0) throw undecided(profile, [{ where: profile.file, message: 'has no rows' }])
  const facts = factsOf(profile)
  const item = choices.item ?? guessItem(facts, profile.rowCount)
  if (item === undefined) throw undecided(profile, [noColumn(profile, 'item', 'tells the items apart')])
  const layout = choices.layout ?? guessLayout(profile, facts, item, choices)
  return layout === 'stages' ? planStages(profile, facts, item, choices) : planChanges(profile, facts, item, choices)
}

function guessLayout(profile: DataProfile, facts: Facts, item: string, choices: DraftChoices): 'changes' | 'stages' {
  if (choices.at !== undefined) return 'changes'
  const column = profile.columns.find((other) => other.name === item)
  const filled = profile.rowCount * (1 - (column?.blankRatio ?? 0))
  const isUnique = (column?.distinctCount ?? 0) >= filled * UNIQUE_RATIO
  return isUnique && guessStageColumns(facts).length >= 2 ? 'stages' : 'changes'
}

function planChanges(profile: DataProfile, facts: Facts, item: string, choices: DraftChoices): DraftPlan {
  const at = choices.at ?? guessAt(facts, profile.rowCount)
  const state = choices.state ?? guessState(facts, profile.rowCount, item)
  const faults: Fault[] = []
  if (at === undefined) faults.push(noColumn(profile, 'at', 'holds the time of a change'))
  if (state === undefined) faults.push(noColumn(profile, 'state', 'holds the state after a change'))
  if (at === undefined || state === undefined) throw undecided(profile, faults)
  const times = agreedFormat(profile, facts, [at], choices.format)
  const created = guessCreated(facts.filter((fact) => fact.column.name !== at && readsAs(facts, fact.column.name, at)))
  return { ...common(profile, facts, item, [at, state, created]), layout: 'changes', at, state, created, stageColumns: [], ...times }
}

function planStages(profile: DataProfile, facts: Facts, item: string, choices: DraftChoices): DraftPlan {
  const stageColumns = guessStageColumns(facts)
  const [first] = stageColumns
  if (first === undefined) throw undecided(profile, [noColumn(profile, 'stageColumns', 'holds dates')])
  const times = agreedFormat(profile, facts, stageColumns, choices.format)
  const state = choices.state ?? guessState(facts, profile.rowCount, item)
  const left = facts.filter((fact) => !stageColumns.includes(fact.column.name) && readsAs(facts, fact.column.name, first))
  const created = guessCreated(left)
  return { ...common(profile, facts, item, [state, created]), layout: 'stages', state, created, stageColumns, ...times }
}

function common(profile: DataProfile, facts: Facts, item: string, taken: readonly (string | undefined)[]) {
  const details = guessDetails(facts, [item, ...taken])
  const dimensions = guessDimensions(facts, [item, ...taken, ...Object.values(details)])
  const used = [item, ...taken, ...Object.values(details), ...Object.values(dimensions)]
  return { profile, item, details, dimensions, nulls: nullWords(profile.columns.filter((column) => used.includes(column.name))) }
}

/** A source has one format: whether a column writes its times as another one does. */
function readsAs(facts: Facts, name: string, other: string): boolean {
  const [a, b] = [name, other].map((wanted) => facts.find((fact) => fact.column.name === wanted)?.dates)
  if (!a || !b || a.kind !== b.kind) return false
  if (a.kind === 'format' && b.kind === 'format') return a.format === b.format
  return a.kind === 'iso' || (a.kind === 'open' && b.kind === 'open' && a.dayFirst === b.dayFirst)
}

function noColumn(profile: DataProfile, role: string, what: string): Fault {
  const names = profile.columns.map((column) => column.name)
  return { where: profile.file, message: `no column looks as if it ${what}; name it as ${role}`, allowed: names.slice(0, 60) }
}

function refuseUnknownColumns(profile: DataProfile, choices: DraftChoices): void {
  const names = profile.columns.map((column) => column.name)
  const faults = (['item', 'at', 'state'] as const).flatMap((role): Fault[] => {
    const name = choices[role]
    if (name === undefined || names.includes(name)) return []
    return [{ where: role, message: `${profile.file} has no such column`, value: showValue(name), allowed: nearestNames(name, names, 5) }]
  })
  if (faults.length) throw undecided(profile, faults)
}

function undecided(profile: DataProfile, faults: readonly Fault[]): Problem {
  return new Problem('draft', `No portfolio can be drafted from ${profile.file}`, { faults })
}
