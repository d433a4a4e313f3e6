import { describe, expect, it } from 'vitest'
import type { Columns } from '@/lib/model/columns'
import type { Stage } from '@/lib/model/stage'
import type { ValueStream } from '@/lib/model/value-stream'
import { rows } from './testing/fixture'
import { streamMap } from './value-stream-map'

const stage = (id: string, kind: Stage['kind'], name = id): Stage => ({ id, name, kind, states: [], waiting: [] })

const STREAM: ValueStream = {
  id: 's',
  name: 'S',
  timezone: 'UTC',
  sources: [],
  types: {},
  stages: [stage('backlog', 'queue'), stage('build', 'active', 'Build'), stage('wait', 'queue', 'Waiting'), stage('done', 'done', 'Done')],
  cancelled: [],
  committed: 'build',
  started: 'build',
  finished: 'done',
}

const NAMES = [
  'kind',
  'from_stage',
  'to_stage',
  'item_count',
  'wip_count',
  'active_days',
  'waiting_days',
  'blocked_days',
  'arrivals',
  'departures',
  'first_pass_ratio',
]

function answer(): Columns {
  return rows(NAMES, [
    ['node', 'backlog', null, 10, 3, 0, 100, 0, 13, 10, 1],
    ['node', 'build', null, 10, 2, 30, 10, 4, 14, 12, 0.8],
    ['node', 'wait', null, 8, 1, 0, 32, 0, 10, 9, 0.9],
    ['node', 'done', null, 1, 0, 0, 0, 0, 9, 1, null],
    ['edge', 'backlog', 'build', 10, null, null, null, null, null, 10, null],
    ['edge', 'build', 'wait', 9, null, null, null, null, null, 10, null],
    ['edge', 'wait', 'build', 2, null, null, null, null, null, 2, null],
    ['edge', 'wait', 'done', 8, null, null, null, null, null, 9, null],
    ['edge', 'backlog', 'done', 1, null, null, null, null, null, 1, null],
    ['edge', 'build', 'cancelled', 1, null, null, null, null, null, 1, null],
  ])
}

const EVIDENCE = rows(
  ['stage_id', 'evidence', 'strength', 'explanation'],
  [
    ['wait', 'share of time', 1.2, 'Share.'],
    ['wait', 'long stays', 2, 'Long.'],
    ['build', 'blocked', 1.1, 'Blocked.'],
  ],
)

const mapOf = (span = 'flow') => streamMap({ columns: answer(), bottlenecks: EVIDENCE, stream: STREAM, span })

describe('streamMap', () => {
  it('gives times per item that left, and adds up those inside the span only', () => {
    const map = mapOf()
    expect(map.stages.map(({ id, active, waiting, counted }) => [id, active, waiting, counted])).toEqual([
      ['backlog', 0, 10, false],
      ['build', 3, 1, true],
      ['wait', 0, 4, true],
    ])
    expect([map.active, map.waiting]).toEqual([3, 5])
    expect([map.startName, map.endName, map.doneCount]).toEqual(['Build', 'Done', 9])
  })

  it('counts what the span of the scope counts', () => {
    expect(mapOf('lead').waiting).toBe(15)
    expect(mapOf('lead').startName).toBe('backlog')
  })

  it('takes the ends of a span of the stream’s own', () => {
    const stream = { ...STREAM, spans: [{ id: 'making', name: 'Making', from: 'backlog', to: 'wait' }] }
    const map = streamMap({ columns: answer(), stream, span: 'making' })
    expect(map.stages.map(({ counted }) => counted)).toEqual([true, true, false])
    expect(map.endName).toBe('Waiting')
  })

  it('calls waste what holds a fifth of the waiting or more', () => {
    const [, build, wait] = mapOf().stages
    expect([build?.waitShare, wait?.waitShare]).toEqual([0.2, 0.8])
    expect(mapOf().stages.map(({ isWaste }) => isWaste)).toEqual([false, true, true])
  })

  it('marks one bottleneck, with its strongest evidence first', () => {
    const map = mapOf()
    expect(map.stages.map(({ isBottleneck }) => isBottleneck)).toEqual([false, false, true])
    expect(map.stages[2]?.evidence.map(({ text }) => text)).toEqual(['Long.', 'Share.'])
    expect(streamMap({ columns: answer(), stream: STREAM, span: 'flow' }).stages.some(({ isBottleneck }) => isBottleneck)).toBe(false)
  })

  it('tells ways forward, past stages, back and out apart', () => {
    expect(mapOf().moves.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'backlog>build forward',
      'build>wait forward',
      'wait>build back',
      'wait>done forward',
      'backlog>done skip',
      'build>cancelled out',
    ])
  })

  it('says nothing of a stage that nothing left', () => {
    const none = rows(NAMES, [['node', 'build', null, 0, 0, 0, 0, 0, 0, 0, null]])
    const [, build] = streamMap({ columns: none, stream: STREAM, span: 'flow' }).stages
    expect(build).toMatchObject({ active: 0, waiting: 0, blockedShare: null, firstPass: null, isWaste: false })
  })
})
