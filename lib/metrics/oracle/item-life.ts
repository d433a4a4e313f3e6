import type { OracleCell, OracleRow } from './history'
import type { Life, Moment } from './life'
import { ownParams } from './variants'
import type { World } from './world'

/** Stays, blocked spells and changed fields of the items with an id, as known at the end of the as-of day. */
export function itemLife(world: World): OracleRow[] {
  const { item } = ownParams(world.question, 'item-life')
  return world.lives
    .filter((life) => life.item.id === item)
    .flatMap((life) => [...staysOf(life), ...spellsOf(life), ...changesOf(life, world.history.dimensions)])
}

/** Runs of moments in the same stage. */
function staysOf(life: Life): OracleRow[] {
  return runsOf(life, (moment) => moment.stageId).map(({ moments, next }) => {
    const [first] = moments
    const waiting = moments.filter((moment) => moment.doing === 'wait' || moment.blocked)
    const waited = waiting.reduce((sum, moment) => sum + secondsUntil(moment.at, following(life, moment)?.at ?? moment.at), 0)
    return { ...rowOf(life, 'stage', first?.stageId ?? '', first, next), waiting_seconds: next ? waited : null }
  })
}

/** Runs of moments in which it is blocked. */
function spellsOf(life: Life): OracleRow[] {
  const runs = runsOf(life, (moment) => moment.blocked).filter(({ moments }) => moments[0]?.blocked)
  return runs.map(({ moments, next }) => ({ ...rowOf(life, 'blocked', 'blocked', moments[0], next), waiting_seconds: null }))
}

/** Every field whose value differs from the one before; at first from none. */
function changesOf(life: Life, dimensions: readonly string[]): OracleRow[] {
  return ['state', ...dimensions].flatMap((field) => {
    const told = (moment: Moment) => (field === 'state' ? moment.state : (moment.values[field] ?? null))
    let before: OracleCell = null
    return life.moments.flatMap((moment) => {
      const change = { from_value: before, to_value: told(moment) }
      before = change.to_value
      if (change.from_value === change.to_value) return []
      return [{ ...rowOf(life, 'change', field, moment, undefined), ...change, waiting_seconds: null }]
    })
  })
}

interface Run {
  readonly moments: readonly Moment[]
  /** The first moment that is no longer like them. */
  readonly next: Moment | undefined
}

function runsOf(life: Life, likeness: (moment: Moment) => unknown): Run[] {
  const runs: Moment[][] = []
  for (const moment of life.moments) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && likeness(last) === likeness(moment)) run.push(moment)
    else runs.push([moment])
  }
  return runs.map((moments, index) => ({ moments, next: runs[index + 1]?.[0] }))
}

function rowOf(life: Life, kind: string, name: string, first: Moment | undefined, next: Moment | undefined): OracleRow {
  return {
    stream_id: life.stream.id,
    kind,
    name,
    from_value: null,
    to_value: null,
    entered_at: first?.at ?? null,
    left_at: next?.at ?? null,
    seconds: first && next ? secondsUntil(first.at, next.at) : null,
  }
}

function following(life: Life, moment: Moment): Moment | undefined {
  return life.moments[life.moments.indexOf(moment) + 1]
}

function secondsUntil(start: number, stop: number): number {
  return Math.floor(stop / 1000) - Math.floor(start / 1000)
}
