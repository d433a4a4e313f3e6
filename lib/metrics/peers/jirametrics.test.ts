import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Stage } from '@/lib/model/stage'
import { nearestRank } from '@/lib/stats/nearest-rank'
import { openPeer, type Peer } from '@/lib/testing/peer'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { formatDay, parseDay } from '@/lib/time/day'
import { periodsIn } from '@/lib/time/grain'
import { AGES_BY_COLUMN, COLUMNS, CORRECTION, CUMULATIVE_FLOW, EFFICIENCIES, OFF_BOARD, WHOLE_WEEKS } from './fixtures/jirametrics'

const BOARD = {
  stages: COLUMNS.map(
    (id): Stage => ({ id, name: id, kind: id === 'done' ? 'done' : id === 'ready' ? 'queue' : 'active', states: [id], waiting: [] }),
  ),
  committed: 'ready',
  started: 'progress',
}
const WORK: readonly Stage[] = [
  { id: 'work', name: 'Work', kind: 'active', states: ['open'], waiting: ['blocked', 'blocked2'] },
  { id: 'done', name: 'Done', kind: 'done', states: ['done'], waiting: [] },
]

describe('jirametrics', () => {
  let peer: Peer
  beforeAll(async () => {
    const flows = CUMULATIVE_FLOW.map(({ id, items }) =>
      smallStream(
        id,
        Object.entries(items).map(([key, lines]) => smallItem(key, ...lines)),
        BOARD,
      ),
    )
    const others = [
      smallStream(OFF_BOARD.id, [smallItem('SP-1', OFF_BOARD.line)], BOARD),
      smallStream(CORRECTION.id, [smallItem('SP-1', ...CORRECTION.lines)], BOARD),
    ]
    const efficient = EFFICIENCIES.map(({ id, states, end }) =>
      smallStream(id, [smallItem('SP-1', ...states, `${end} done`)], { stages: WORK, committed: 'work', started: 'work' }),
    )
    // Whatever moves last sets the last day that can be asked about.
    const clock = smallStream('clock', [smallItem('1', '2021-07-12T10:00 Todo')])
    peer = await openPeer(smallHistory(...flows, ...others, ...efficient, ages(), clock))
  })
  afterAll(() => peer.close())

  const reached = async (stream: string, day: string) => {
    const rows = await peer.ask('cumulative-flow', { stream, from: day, to: formatDay((parseDay(day) ?? 0) + 1) })
    return COLUMNS.map((id) => rows.find((row) => row.stage_id === id)?.reached_count)
  }

  it.each(CUMULATIVE_FLOW)('the lines of the cumulative flow, case $id, are the same', async ({ id, expected }) => {
    for (const [day, lines] of Object.entries(expected)) expect(await reached(id, day), day).toEqual(lines)
  })

  it('an item off the board is in no line there; ours counts it in the top line, which is arrivals', async () => {
    expect(await reached(OFF_BOARD.id, OFF_BOARD.day)).toEqual([1, 0, 0, 0])
    expect(OFF_BOARD.expected).toEqual([0, 0, 0, 0])
  })

  it('a move back lowers no line, and its correction window is where we count an item behind', async () => {
    const rows = await peer.ask('cumulative-flow', { stream: CORRECTION.id, from: '2021-07-01', to: '2021-07-10' })
    const lines = rows.filter((row) => row.stage_id === CORRECTION.column)
    const behind = lines.filter((row) => row.behind_count === 1).map((row) => row.day_on)
    expect(behind).toEqual(['2021-07-04', '2021-07-05'])
    expect(CORRECTION.window).toEqual(['2021-07-04', '2021-07-06'])
    expect(lines.map((row) => row.reached_count)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1])
    expect(rows.filter((row) => row.stage_id !== CORRECTION.column).every((row) => row.behind_count === 0)).toBe(true)
  })

  it.each(EFFICIENCIES)(
    'flow efficiency $id: the same days, where the item finishes at the end of the measurement',
    async ({ id, days }) => {
      const rows = (await peer.ask('flow-efficiency', { stream: id, span: 'cycle', grain: 'year' })).filter((row) => row.n === 1)
      expect(rows.map((row) => [row.active_days, Number(row.active_days) + Number(row.waiting_days)])).toEqual([days])
    },
  )

  it('ages on leaving a column are the same, here by their least and greatest; the last column is no exit of ours', async () => {
    const rows = await peer.ask('pace', { stream: 'ages', span: 'lead', percentiles: '1,99' })
    const of = (percentile: number) => rows.filter((row) => row.percentile === percentile).map((row) => row.age_days)
    expect(of(1)).toEqual(AGES_BY_COLUMN.least)
    expect(of(99)).toEqual(AGES_BY_COLUMN.greatest)
    expect(AGES_BY_COLUMN.leaving.map((both) => Math.max(...both))).toEqual(AGES_BY_COLUMN.greatest)
  })

  it.each(WHOLE_WEEKS)('whole weeks in $range: the periods that we do not mark as partial', ({ range, weeks }) => {
    const [from = 0, last = 0] = range.map((day) => parseDay(day))
    const whole = periodsIn(from, last + 1, 'week').filter((period) => !period.partial)
    expect(whole.map((period) => [formatDay(period.start), formatDay(period.end - 1)])).toEqual(weeks)
  })

  it('the median of a histogram is the same; its mean and mode are no figures of ours', () => {
    expect(
      nearestRank(
        [
          [1, 1],
          [2, 1],
          [3, 1],
        ],
        50,
      ),
    ).toBe(2)
  })
})

/** Items that leave each column so old as the ages say. */
function ages() {
  const items = AGES_BY_COLUMN.days.map((days, index) => {
    let day = 1
    const lines = days.map((inclusive, column) => {
      day += inclusive - 1
      return `2021-06-${String(day).padStart(2, '0')}T1${column}:00 ${COLUMNS[column + 1]}`
    })
    return smallItem(`SP-${index + 1}`, '2021-06-01T09:00 ready', ...lines)
  })
  return smallStream('ages', items, BOARD)
}
