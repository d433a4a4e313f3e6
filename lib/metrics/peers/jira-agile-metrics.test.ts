import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stage } from '@/lib/model/stage'
import { openPeer, type Peer } from '@/lib/testing/peer'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { COMPLETED, CUMULATIVE_FLOW, ISSUES, LINEAR_PERCENTILES } from './fixtures/jira-agile-metrics'

const STAGES: readonly Stage[] = [
  { id: 'backlog', name: 'Backlog', kind: 'queue', states: ['Backlog'], waiting: [] },
  { id: 'committed', name: 'Committed', kind: 'queue', states: ['Next'], waiting: [] },
  { id: 'build', name: 'Build', kind: 'active', states: ['Build'], waiting: [] },
  { id: 'test', name: 'Test', kind: 'active', states: ['QA'], waiting: [] },
  { id: 'done', name: 'Done', kind: 'done', states: ['Done'], waiting: [] },
]

describe('jira-agile-metrics', () => {
  let peer: Peer
  beforeAll(async () => {
    peer = await openPeer(
      smallHistory(
        smallStream(
          'board',
          ISSUES.map(([id, ...lines]) => smallItem(id, ...lines)),
          { stages: STAGES, committed: 'committed', started: 'build', finished: 'done' },
        ),
      ),
    )
  })
  afterAll(() => peer.close())

  it('the cumulative flow is the same; our backlog also counts the two issues without any move (I-18, I-19), which the peer loses', async () => {
    const rows = await peer.ask('cumulative-flow')
    const days = [...new Set(rows.map((row) => String(row.day_on)))]
    let expected: readonly number[] = []
    for (const day of days) {
      expected = CUMULATIVE_FLOW[day] ?? expected
      const [backlog = 0, ...others] = expected
      const lost = day >= '2021-03-28' ? 2 : day >= '2021-03-25' ? 1 : 0
      const ours = STAGES.map((stage) => rows.find((row) => row.day_on === day && row.stage_id === stage.id)?.reached_count)
      expect(ours, day).toEqual([backlog + lost, ...others])
    }
    expect([days[0], days.at(-1)]).toEqual(['2021-01-01', '2021-04-02'])
  })

  it.each([
    ['flow', 2],
    ['lead', 3],
  ] as const)('%s times are those of the peer and one day more: it takes the difference of dates, we count both days', async (span, at) => {
    const rows = await peer.ask('finished-items', { span })
    const ours = Object.fromEntries(rows.map((row) => [row.item_id, [row.finished_on, Number(row.span_days) - 1]]))
    expect(ours).toEqual(Object.fromEntries(COMPLETED.map((one) => [one[0], [one[1], one[at]]])))
  })

  it('percentiles: equal at 50 and 85 less the day; at 95 it interpolates linearly (19.05) where ours is a length that occurred (21)', async () => {
    const rows = await peer.ask('span-percentiles', { percentiles: '50,85,95' })
    expect(rows.map((row) => Number(row.value) - 1)).toEqual([LINEAR_PERCENTILES[50], LINEAR_PERCENTILES[85], 21])
    const lengths = (await peer.ask('finished-items')).map((row) => Number(row.span_days) - 1)
    for (const percentile of [50, 85, 95] as const) expect(linear(lengths, percentile)).toBeCloseTo(LINEAR_PERCENTILES[percentile], 10)
  })

  it('throughput per day is the same', async () => {
    const rows = await peer.ask('throughput', { grain: 'day', from: '2021-01-20', to: '2021-03-26' })
    expect(rows.filter((row) => row.item_count !== 0).map((row) => [row.period_on, row.item_count])).toEqual(
      COMPLETED.map(([, day]) => [day, 1]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    )
    expect(rows).toHaveLength(65)
  })

  it('the histogram is the same less the day', async () => {
    const rows = await peer.ask('span-histogram')
    expect(rows.map((row) => [Number(row.days) - 1, row.item_count])).toEqual([
      [10, 1],
      [11, 1],
      [12, 1],
      [13, 1],
      [14, 1],
      [15, 5],
      [17, 1],
      [18, 2],
      [21, 1],
    ])
  })

  it('blocked days are the same', async () => {
    expect(await peer.ask('blocked')).toMatchObject([{ episode_count: 1, blocked_days: 3, open_count: 0 }])
  })
})

/** Linear interpolation between order statistics, the peer's rule. @see Hyndman & Fan 1996, definition 7 */
function linear(values: readonly number[], percentile: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (percentile / 100) * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? 0
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? 0) - low)
}
