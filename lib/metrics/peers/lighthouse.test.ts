import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stage } from '@/lib/model/stage'
import { nearestRank } from '@/lib/stats/nearest-rank'
import { xmrLimits } from '@/lib/stats/process-behaviour'
import { openPeer, type Peer } from '@/lib/testing/peer'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { AGE_AT_EXIT, AGES, CYCLE_TIMES, EFFICIENCIES, LIMITS, PERCENTILES } from './fixtures/lighthouse'

const MS_PER_DAY = 86_400_000
const START = '2026-01-01T09:00'

describe('lighthouse', () => {
  let peer: Peer
  beforeAll(async () => {
    const timed = CYCLE_TIMES.map(({ id, started, closed, zone }) =>
      smallStream(id, [smallItem('1', `${started} Doing`, `${closed} Done`)], { timezone: zone }),
    )
    const aging = AGES.map(({ id, started, zone }) => smallStream(id, [smallItem('1', `${started} Doing`)], { timezone: zone }))
    const efficient = EFFICIENCIES.map(({ id, states, waiting }) => smallStream(id, [spent(states)], { stages: doingOnly(waiting) }))
    peer = await openPeer(smallHistory(...timed, ...aging, ...efficient, exits()))
  })
  afterAll(() => peer.close())

  it('percentiles: it takes index ⌊p · n⌋ − 1, at least 0, so it is low by one item unless p · n is whole; ours is never below', () => {
    for (const [percentile, value] of PERCENTILES) {
      expect(Math.max(1, Math.floor((percentile * 5) / 100)), String(percentile)).toBe(value)
      if (percentile === 0 || percentile === 100) continue
      const ours = nearestRank(
        [
          [1, 1],
          [2, 1],
          [3, 1],
          [4, 1],
          [5, 1],
        ],
        percentile,
      )
      expect(ours, String(percentile)).toBe((percentile * 5) % 100 === 0 ? value : Math.floor((percentile * 5) / 100) + 1)
    }
  })

  it.each(CYCLE_TIMES)('cycle time $id: $days inclusive days in $zone', async ({ id, days }) => {
    expect(await peer.ask('finished-items', { stream: id, span: 'cycle' })).toMatchObject([{ span_days: days }])
  })

  it.each(AGES)('age $id: $days in $zone', async ({ id, days, started, zone }) => {
    const asOf = new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(`${started}Z`))
    expect(await peer.ask('aging-work', { stream: id, span: 'cycle', asOf })).toMatchObject([{ age_days: days }])
  })

  it.each(LIMITS)(
    'limits of $baseline, after rounding and with 0 instead of a lower limit that is not drawn',
    ({ baseline, average, upper, lower }) => {
      const limits = xmrLimits(baseline, { floor: 0 })
      expect(Math.round(limits?.centre ?? Number.NaN)).toBe(average)
      if (upper !== undefined) expect(Math.round(limits?.upper ?? Number.NaN)).toBe(upper)
      expect(Math.round(limits?.lower ?? 0)).toBe(lower)
    },
  )

  it('limits of a single point: it draws them upon the point, ours do not exist', () => {
    expect(xmrLimits([5], { floor: 0 })).toBeUndefined()
  })

  it.each(EFFICIENCIES)('flow efficiency $id: $percent %', async ({ id, percent }) => {
    const rows = await peer.ask('flow-efficiency', { stream: id, span: 'cycle', grain: 'year' })
    expect(100 * Number(rows.find((row) => row.n === 1)?.efficiency_ratio)).toBeCloseTo(percent, 2)
  })

  it('age at exit is the same: with twenty items both rules pick the same one', async () => {
    const rows = await peer.ask('pace', { stream: 'exits', span: 'cycle', percentiles: '50,70,85,95' })
    for (const { stage, percentiles } of AGE_AT_EXIT) {
      expect(rows.filter((row) => row.stage_id === stage).map((row) => row.age_days)).toEqual(percentiles)
    }
  })
})

function after(days: number): string {
  return new Date(Date.parse(`${START}Z`) + days * MS_PER_DAY).toISOString().slice(0, 16)
}

function spent(states: readonly (readonly [string, number])[]) {
  let day = 0
  const lines = states.map(([state, days]) => {
    const line = `${after(day)} ${state}`
    day += days
    return line
  })
  return smallItem('1', ...lines, `${after(day)} Done`)
}

function doingOnly(waiting: readonly string[]): readonly Stage[] {
  return [
    { id: 'doing', name: 'Doing', kind: 'active', states: ['InProgress'], waiting },
    { id: 'done', name: 'Done', kind: 'done', states: ['Done'], waiting: [] },
  ]
}

function exits() {
  const ids = [...AGE_AT_EXIT.map(({ stage }) => stage), 'done']
  const stages = ids.map((id): Stage => ({ id, name: id, kind: id === 'done' ? 'done' : 'active', states: [id], waiting: [] }))
  const items = Array.from({ length: 20 }, (_, index) => {
    const lines = AGE_AT_EXIT.map(({ leaves }, at) => `${after(leaves(index + 1))} ${ids[at + 1]}`)
    return smallItem(String(index + 1), `${START} in-progress`, ...lines)
  })
  return smallStream('exits', items, { stages, committed: 'in-progress', started: 'in-progress' })
}
