import type { Cell } from '../../../engine/columns'
import { NEVER } from '../../../time/day'
import { type Moment, SPAN_NAMES } from './life'

/** A row of a table as the recount has it: columns by name. */
export type Recounted = Readonly<Record<string, Cell>>

/** Tables whose rows of an item follow from its history, each with the columns that tell the item's rows apart. */
export const RECOUNTED_TABLES: Readonly<
  Record<string, { readonly order: readonly string[]; rows(life: readonly Moment[], item: number): Recounted[] }>
> = {
  items: { order: [], rows: (life, item) => itemRow(life, item) },
  visits: { order: ['visit_ix'], rows: visitRows },
  finishes: { order: ['finished_at', 'until_day'], rows: finishRows },
  passages: { order: ['finish_day', 'position'], rows: passageRows },
  spells: { order: ['from_day'], rows: spellRows },
  moves: { order: ['seq'], rows: moveRows },
  repeats: { order: ['seq'], rows: repeatRows },
  transfers: { order: ['day'], rows: transferRows },
  handoffs: { order: ['seq'], rows: handoffRows },
  blocks: { order: ['blocked_at'], rows: blockRows },
  changes: { order: ['seq', 'field'], rows: changeRows },
}

type Sets = readonly ('first' | 'last')[]
const FIRST: Sets = ['first']
const BOTH: Sets = ['first', 'last']
const DAY_NAMES = {
  first: SPAN_NAMES.map((span) => [`first_start_day_${span}`, span] as const),
  last: SPAN_NAMES.map((span) => [`last_start_day_${span}`, span] as const),
}

/** Equal values are one object, so their columns are made once. */
const dimsOf = new WeakMap<Moment['values'], Recounted>()
function dims(values: Moment['values']): Recounted {
  const known = dimsOf.get(values)
  if (known) return known
  const made = Object.fromEntries(Object.entries(values).map(([name, value]) => [`dim_${name}`, value]))
  dimsOf.set(values, made)
  return made
}

function startDays(moment: Moment, sets: Sets): Record<string, number | null> {
  const days: Record<string, number | null> = {}
  for (const set of sets) for (const [name, span] of DAY_NAMES[set]) days[name] = moment[set][span]?.day ?? null
  return days
}
const wholeSeconds = (from: number | undefined, to: number) => (from === undefined ? null : Math.floor(to / 1000) - Math.floor(from / 1000))

function itemRow(life: readonly Moment[], item: number): Recounted[] {
  const [first, last] = [life[0], life.at(-1)]
  if (!first || !last) return []
  const told = life.filter((moment) => moment.seq > 0)
  return [
    {
      item_ix: item,
      created_at: first.at,
      created_day: first.day,
      last_at: Math.max(...told.map((moment) => moment.at)),
      change_count: told.length,
      ...{ position: last.position, stage_id: last.stageId, status: last.status, blocked: last.blocked, mark: last.mark },
      ...startDays(last, FIRST),
      ...dims(last.values),
    },
  ]
}

function visitRows(life: readonly Moment[], item: number): Recounted[] {
  return runsOf(life, (moment) => String(moment.position)).map(({ moments, next }, index) => {
    const first = moments[0] as Moment
    const sum = (counts: (moment: Moment) => boolean) => moments.reduce((total, moment) => total + (counts(moment) ? moment.seconds : 0), 0)
    return {
      item_ix: item,
      visit_ix: index + 1,
      ...{ position: first.position, stage_id: first.stageId, kind: first.kind },
      ...{ entered_at: first.at, left_at: next?.at ?? null, enter_day: first.day, leave_day: next?.day ?? null },
      seconds: sum(() => true),
      waiting_seconds: sum((moment) => moment.waits || moment.blocked),
      blocked_seconds: sum((moment) => moment.blocked),
      ...dims(first.values),
    }
  })
}

function finishRows(life: readonly Moment[], item: number): Recounted[] {
  return finishesOf(life, item).map(({ row }) => row)
}

/** Each time an item became finished, with the place of its moment. */
function finishesOf(life: readonly Moment[], item: number): { index: number; row: Recounted }[] {
  return life.flatMap((moment, index) => {
    if (moment.status !== 'finished' || life[index - 1]?.status === 'finished') return []
    const reopened = life.slice(index + 1).find((later) => later.status !== 'finished')
    const settled = life.findLast((other) => other.at === moment.at) ?? moment
    const spans = SPAN_NAMES.flatMap((span): [string, Cell][] => {
      const { inside, active, waiting, blocked } = moment.spent[span]
      return [
        [`first_elapsed_${span}`, wholeSeconds(moment.first[span]?.at, moment.at)],
        [`last_elapsed_${span}`, wholeSeconds(moment.last[span]?.at, moment.at)],
        [`seconds_${span}`, inside],
        [`active_seconds_${span}`, active],
        [`waiting_seconds_${span}`, waiting],
        [`blocked_seconds_${span}`, blocked],
      ]
    })
    const ends = { finished_at: moment.at, finish_day: moment.day, until_day: reopened?.day ?? NEVER }
    return [{ index, row: { item_ix: item, ...ends, ...startDays(moment, BOTH), ...Object.fromEntries(spans), ...dims(settled.values) } }]
  })
}

/** What each finish that outlasts its day had before it, stage by stage. */
function passageRows(life: readonly Moment[], item: number): Recounted[] {
  return finishesOf(life, item).flatMap(({ index, row }) => {
    if (row.until_day === row.finish_day) return []
    const before = life.slice(0, index)
    const positions = [...new Set(before.filter(({ status }) => status !== 'finished').map(({ position }) => position))].sort(
      (a, b) => a - b,
    )
    const kept = Object.entries(row).filter(([name]) => !/elapsed|seconds|finished_at/.test(name))
    return positions.map((position) => {
      const own = before.filter((moment) => moment.position === position)
      const last = before.findLastIndex((moment) => moment.position === position)
      return {
        ...Object.fromEntries(kept),
        ...{ position, stage_id: own[0]?.stageId ?? null, leave_day: life[last + 1]?.day ?? null },
        seconds: own.reduce((total, { kind, seconds }) => total + (kind === 'done' ? 0 : seconds), 0),
      }
    })
  })
}

/** Runs of days at whose end the same is true. */
export function spellRows(life: readonly Moment[], item: number): Recounted[] {
  const ends = life.filter((moment, index) => life[index + 1]?.day !== moment.day)
  const same = (moment: Moment) => {
    const { position, mark, status, blocked, rawKey } = moment
    return `${position} ${mark} ${status} ${blocked} ${Object.values(startDays(moment, BOTH)).join(' ')} ${rawKey}`
  }
  return runsOf(ends, same).map(({ moments, next }) => {
    const first = moments[0] as Moment
    const { position, mark, status, blocked } = first
    const days = { from_day: first.day, to_day: next?.day ?? NEVER }
    return { item_ix: item, ...days, position, mark, status, blocked, ...startDays(first, BOTH), ...dims(first.values) }
  })
}

function moveRows(life: readonly Moment[], item: number): Recounted[] {
  let since = 0
  return life.flatMap((moment, index) => {
    const before = life[index - 1]
    if (before && before.position === moment.position && before.status === moment.status) return []
    const was = SPAN_NAMES.map((span) => [`was_started_${span}`, before ? before.first[span] !== null : false])
    const stay = life.slice(since, index)
    since = index
    const spent = (counts: (moment: Moment) => boolean) => stay.reduce((total, one) => total + (counts(one) ? one.seconds : 0), 0)
    const isWaiting = (one: Moment) => one.waits || one.blocked
    const undone = before && life.slice(index + 1).find((later) => undoes(before.position, moment.position, later.position))
    return [
      {
        item_ix: item,
        ...{ seq: moment.seq, changed_at: moment.at, day: moment.day, from_position: before?.position ?? null, position: moment.position },
        ...{ from_status: before?.status ?? null, status: moment.status },
        ...{ seconds: spent(() => true), waiting_seconds: spent(isWaiting), blocked_seconds: spent((one) => one.blocked) },
        working_seconds: spent((one) => one.kind === 'active' && !isWaiting(one)),
        ...{ undone_at: undone?.at ?? null, undone_day: undone?.day ?? null },
        ...startDays(moment, FIRST),
        ...Object.fromEntries(was),
        ...dims(endOfDay(life, index).values),
      },
    ]
  })
}

/** Whether coming to a stage takes back a move between two others. */
function undoes(from: number, to: number, there: number): boolean {
  if (from < 0 || to < 0 || from === to || there < 0) return false
  return to > from ? there <= from : there >= from
}

function endOfDay(life: readonly Moment[], index: number): Moment {
  return life.findLast((moment) => moment.day === life[index]?.day) as Moment
}

function repeatRows(life: readonly Moment[], item: number): Recounted[] {
  const exits = life.flatMap((moment, index) => {
    const from = life[index - 1]?.position
    return from === undefined || from === moment.position ? [] : [{ moment, index, from }]
  })
  const valuesAt = (index: number) => JSON.stringify(endOfDay(life, index).values)
  return exits.flatMap(({ moment, index, from }, place) => {
    const alike = exits.filter((exit) => exit.from === from)
    if (alike.length < 2) return []
    const before = exits.slice(0, place).filter((exit) => exit.from === from)
    return [
      {
        item_ix: item,
        ...{ seq: moment.seq, day: moment.day, from_position: from, position: moment.position },
        exit_before_day: before.at(-1)?.moment.day ?? null,
        edge_before_day: before.findLast((exit) => exit.moment.position === moment.position)?.moment.day ?? null,
        steady: new Set(alike.map((exit) => valuesAt(exit.index))).size === 1,
        ...dims(endOfDay(life, index).values),
      },
    ]
  })
}

function transferRows(life: readonly Moment[], item: number): Recounted[] {
  const ends = life.filter((moment, index) => life[index + 1]?.day !== moment.day)
  return ends.flatMap((moment, index) => {
    const before = ends[index - 1]
    if (before?.status !== 'open' || JSON.stringify(before.values) === JSON.stringify(moment.values)) return []
    const former = Object.fromEntries(Object.entries(before.values).map(([name, value]) => [`former_${name}`, value]))
    return [{ item_ix: item, day: moment.day, ...startDays(before, FIRST), ...former, ...dims(moment.values) }]
  })
}

function handoffRows(life: readonly Moment[], item: number): Recounted[] {
  return life.flatMap((moment, index) => {
    const [from_value, to_value] = [life[index - 1]?.values.team ?? null, moment.values.team ?? null]
    if (from_value === null || to_value === null || from_value === to_value) return []
    const moved = life.slice(index + 1).find(({ position, status }) => position !== moment.position || status !== moment.status)
    return [
      {
        item_ix: item,
        ...{ seq: moment.seq, day: moment.day, from_value, to_value },
        ...{ move_day: moved?.day ?? NEVER, wait_seconds: moved ? wholeSeconds(moment.at, moved.at) : null },
        ...dims(endOfDay(life, index).values),
      },
    ]
  })
}

function blockRows(life: readonly Moment[], item: number): Recounted[] {
  return runsOf(life, (moment) => String(moment.blocked))
    .filter(({ moments }) => moments[0]?.blocked)
    .map(({ moments, next }) => {
      const first = moments[0] as Moment
      const told = moments.find((moment) => moment.reason !== null)
      return {
        item_ix: item,
        ...{ blocked_at: first.at, block_day: first.day, unblocked_at: next?.at ?? null, unblock_day: next?.day ?? null },
        ...{ reason: told?.reason ?? null, reason_day: told?.day ?? null, position: first.position },
        ...dims(endOfDay(life, life.indexOf(first)).values),
      }
    })
}

function changeRows(life: readonly Moment[], item: number): Recounted[] {
  const names = ['state', 'blocked', ...Object.keys(life[0]?.values ?? {})].sort()
  const told = (moment: Moment | undefined, field: string): string | null => {
    if (field === 'state') return moment?.state ?? null
    if (field === 'blocked') return moment?.blocked ? 'yes' : null
    return moment?.values[field] ?? null
  }
  return life.flatMap((moment, index) => {
    const before = life[index - 1]
    const hasOtherValues = before?.values !== moment.values
    const fields = hasOtherValues ? names : ['blocked', 'state']
    return fields.flatMap((field) => {
      const [from_value, to_value] = [told(before, field), told(moment, field)]
      return from_value === to_value
        ? []
        : [{ item_ix: item, seq: moment.seq, changed_at: moment.at, day: moment.day, field, from_value, to_value }]
    })
  })
}

/** Neighbours that are alike, together, with what comes after them. */
function runsOf(life: readonly Moment[], keyOf: (moment: Moment) => string): { moments: Moment[]; next: Moment | undefined }[] {
  const runs: { moments: Moment[]; key: string }[] = []
  for (const moment of life) {
    const key = keyOf(moment)
    const run = runs.at(-1)
    if (run?.key === key) run.moments.push(moment)
    else runs.push({ moments: [moment], key })
  }
  return runs.map(({ moments }, index) => ({ moments, next: runs[index + 1]?.moments[0] }))
}
