import type { LifeLine } from '@/lib/charts/life-line'
import type { Columns } from '@/lib/model/columns'
import type { Goal } from '@/lib/model/goal'
import type { StageKind } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'

export interface LifeEvent {
  readonly at: number
  readonly what: string
  readonly seconds: number | null
  readonly lasts: boolean
}

/** The rows of `item-life` in words, in their order. */
export function lifeEvents(columns: Columns, stream: ValueStream, goals: readonly Goal[]): LifeEvent[] {
  const [kinds, names, from, to] = [columns.texts('kind'), columns.texts('name'), columns.texts('from_value'), columns.texts('to_value')]
  const [at, left, seconds] = [columns.numbers('entered_at'), columns.numbers('left_at'), columns.numbers('seconds')]
  const named = (field: string, value: string) => (field === 'goal' ? (goals.find(({ id }) => id === value)?.name ?? value) : value)
  const stageName = (id: string) => stream.stages.find((stage) => stage.id === id)?.name ?? id
  return Array.from({ length: columns.rowCount }, (_, row) => {
    const [kind, name] = [kinds[row] ?? '', names[row] ?? '']
    const isStay = kind === 'stage' || kind === 'blocked'
    const what =
      kind === 'stage'
        ? `Entered ${stageName(name)}`
        : kind === 'blocked'
          ? 'Blocked'
          : changeText(name, named(name, from[row] ?? ''), named(name, to[row] ?? ''))
    return { at: at[row] ?? 0, what, seconds: isStay ? (seconds[row] ?? null) : null, lasts: isStay && (left[row] ?? null) === null }
  })
}

function changeText(field: string, from: string, to: string): string {
  const name = field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')
  if (from === '') return `${name}: ${to || 'none'}`
  return `${name}: from ${from} to ${to || 'none'}`
}

export interface StageTotal {
  readonly id: string
  readonly name: string
  readonly kind: StageKind
  readonly seconds: number
  readonly visits: number
}

/** Time and visits per stage, in the order of the flow; stages the item never saw, and those where it is over, are left out. */
export function stageTotals(line: LifeLine, stream: ValueStream): StageTotal[] {
  return stream.stages.flatMap(({ id, name, kind }) => {
    const stays = line.stages.filter((stay) => stay.name === id)
    if (stays.length === 0 || kind === 'done') return []
    return [{ id, name, kind, visits: stays.length, seconds: stays.reduce((sum, stay) => sum + stay.end - stay.start, 0) / 1000 }]
  })
}
