import type { RawChange, RawHistory, RawItem, RawStream } from '@/lib/metrics/oracle/history'
import type { Stage } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'
import { DIMENSIONS, GOALS } from './histories'

const STAGES: readonly Stage[] = [
  { id: 'todo', name: 'To do', kind: 'queue', states: ['Todo'], waiting: [] },
  { id: 'doing', name: 'Doing', kind: 'active', states: ['Doing'], waiting: ['Paused'] },
  { id: 'done', name: 'Done', kind: 'done', states: ['Done', 'Closed'], waiting: [] },
]

/** A stream written down by hand: Todo → Doing → Done in UTC, flow and cycle time from Doing on, unless told otherwise. */
export function smallStream(id: string, items: readonly RawItem[], told: Partial<ValueStream> = {}): RawStream {
  const boundaries = { committed: 'doing', started: 'doing', finished: 'done' }
  const stream = { id, name: id, timezone: 'UTC', sources: [], types: {}, stages: STAGES, cancelled: ['Rejected'], ...boundaries, ...told }
  return { stream, carried: [], items }
}

/** An item from lines such as `2024-03-04T10:00 Doing team=A goal=grow`; the time is UTC, `-` is no state. */
export function smallItem(id: string, ...lines: readonly string[]): RawItem {
  return { id, key: null, title: null, createdAt: null, changes: lines.map(changeOf) }
}

export function smallHistory(...streams: readonly RawStream[]): RawHistory {
  return { goals: GOALS, calendar: { weekend: [6, 7], holidays: [] }, dimensions: DIMENSIONS, streams }
}

function changeOf(line: string): RawChange {
  const [time = '', state = '-', ...pairs] = line.split(' ')
  const values = Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]))
  return { at: Date.parse(`${time}Z`), state: state === '-' ? null : state, blocked: values.blocked === 'yes', values }
}
