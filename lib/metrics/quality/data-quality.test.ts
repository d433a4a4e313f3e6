import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '@/lib/engine/columns'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { differences } from '@/lib/testing/compare'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { explainMetric } from '../explain/explain'
import type { RawItem } from '../oracle/history'
import { dataQuality as naively } from '../oracle/quality'
import { RULES as ONE_BY_ONE } from '../oracle/quality-rules'
import { STREAM_RULES } from '../oracle/stream-rules'
import { worldOf } from '../oracle/world'
import type { RawParams } from '../params'
import { runMetric } from '../run'

const GOOD = 'team=A type=Bug'
const usual = (id: number, day: string) =>
  smallItem(
    `ok-${id}`,
    `${day}T09:${10 + (id % 47)} Todo ${GOOD}`,
    `${day}T10:${10 + (id % 47)} Doing ${GOOD}`,
    `${day}T16:${10 + (id % 47)} Done ${GOOD}`,
  )
const days = Array.from({ length: 20 }, (_, index) => `2024-03-${String(index + 1).padStart(2, '0')}`)

const ODD: readonly RawItem[] = [
  smallItem('no-start', `2024-03-04T10:00 Todo ${GOOD}`, `2024-03-06T10:00 Done ${GOOD}`),
  smallItem('late-edit', `2024-03-04T10:05 Doing ${GOOD}`, `2024-03-05T10:00 Done ${GOOD}`, '2024-03-07T10:00 Done team=B type=Bug'),
  smallItem('unmapped', `2024-03-04T10:10 Limbo ${GOOD}`, `2024-03-05T10:10 Doing ${GOOD}`, `2024-03-06T10:00 Done ${GOOD}`),
  smallItem('reopened', `2024-03-04T10:15 Doing ${GOOD}`, `2024-03-05T10:00 Done ${GOOD}`, `2024-03-06T10:05 Doing ${GOOD}`),
  smallItem('cancelled', `2024-03-04T10:20 Doing ${GOOD}`, `2024-03-05T11:00 Done ${GOOD}`, `2024-03-06T11:00 Rejected ${GOOD}`),
  smallItem('blocked', `2024-03-04T10:25 Doing ${GOOD}`, `2024-03-05T10:05 Done ${GOOD} blocked=yes`),
  smallItem('nobody', '2024-03-04T10:30 Doing type=Bug', '2024-03-05T10:30 Done type=Bug'),
  smallItem('untyped', '2024-03-04T10:35 Doing team=A', '2024-03-05T10:35 Done team=A'),
  smallItem('instant', `2024-03-04T10:40 Todo ${GOOD}`, `2024-03-04T10:40 Doing ${GOOD}`, `2024-03-04T10:40 Done ${GOOD}`),
  smallItem('back', `2024-03-05T10:40 Doing ${GOOD}`, `2024-03-04T10:45 Todo ${GOOD}`, `2024-03-06T10:40 Done ${GOOD}`),
  smallItem('future', `2024-03-04T10:50 Doing ${GOOD}`, `2024-08-30T10:50 Done ${GOOD}`),
  smallItem('bare', `2024-03-04T00:00 Doing ${GOOD}`, `2024-03-09T00:00 Done ${GOOD}`),
  { ...smallItem('old', `2024-03-04T10:55 Doing ${GOOD}`, `2024-03-06T10:55 Done ${GOOD}`), createdAt: Date.parse('2024-03-01T08:00Z') },
  { ...smallItem('early', `2024-03-04T10:56 Doing ${GOOD}`, `2024-03-06T10:56 Done ${GOOD}`), createdAt: Date.parse('2024-03-04T12:00Z') },
  { ...smallItem('twin-1', `2024-03-04T11:00 Doing ${GOOD}`, `2024-03-06T11:00 Done ${GOOD}`), key: 'TWIN', title: 'one' },
  { ...smallItem('twin-2', `2024-03-04T11:05 Doing ${GOOD}`, `2024-03-06T11:05 Done ${GOOD}`), key: 'TWIN', title: 'two' },
  { ...smallItem('moved', `2024-03-04T11:10 Doing ${GOOD}`, `2024-03-06T11:10 Done ${GOOD}`), key: 'MOVED-1', title: 'same' },
  smallItem('stateless', `2024-03-04T11:15 - ${GOOD}`, `2024-03-05T11:15 Doing ${GOOD}`, `2024-03-06T11:15 Done ${GOOD}`),
  smallItem('zombie', `2024-03-04T11:20 Doing ${GOOD}`),
]
/** Everything at once, at night, on one day. */
const MIGRATED = Array.from({ length: 30 }, (_, index) =>
  smallItem(
    `m-${index}`,
    `2024-03-${String((index % 9) + 1).padStart(2, '0')}T12:${10 + index} Doing ${GOOD}`,
    `2024-03-21T02:00 Done ${GOOD}`,
  ),
)
const OTHER = [{ ...smallItem('moved', `2024-03-07T11:10 Doing ${GOOD}`, `2024-03-08T11:10 Done ${GOOD}`), key: 'MOVED-1', title: 'same' }]

describe('data-quality', () => {
  const plain = Array.from({ length: 600 }, (_, index) => usual(index, days[index % days.length] ?? ''))
  const history = smallHistory(smallStream('main', [...plain, ...ODD, ...MIGRATED]), smallStream('other', OTHER))
  let built: BuiltHistory
  beforeAll(async () => {
    built = await buildHistory(history)
  })
  afterAll(() => built.close())

  const ask = async (params: RawParams) => toRows((await runMetric({ ...built, metric: 'data-quality', params })).table)
  const keys = async (check: string, params: RawParams = {}) => {
    const { items } = await explainMetric({ ...built, metric: 'data-quality', params: { check, ...params } })
    return items?.rows.map((row) => row.item_id).sort()
  }

  it.each([
    ['finished-without-start', ['no-start']],
    ['changed-after-the-end', ['late-edit']],
    ['unmapped-states', ['unmapped']],
    ['reopened', ['cancelled', 'reopened']],
    ['cancelled-and-finished', ['cancelled']],
    ['blocked-when-finished', ['blocked']],
    ['missing-team', ['nobody']],
    ['missing-type', ['untyped']],
    ['instant-finish', ['instant']],
    ['future-dates', ['future']],
    ['no-time-of-day', ['bare']],
    ['incomplete-history', ['old']],
    ['duplicate-keys', ['twin-1', 'twin-2']],
    ['on-two-streams', ['moved', 'moved']],
    ['zombie-wip', ['reopened', 'zombie']],
    ['zero-length-visits', ['instant']],
    ['skipped-stages', ['no-start']],
  ])('%s finds %j', async (check, expected) => {
    expect(await keys(check)).toEqual(expected)
  })

  it('says of each rule what its naive definition says', async () => {
    const question = { streams: [], filters: {}, span: 'flow', policy: 'first_start_last_finish', percentiles: [85] } as const
    const rows = await ask({})
    expect(rows.map((row) => row.rule)).toEqual(expect.arrayContaining([...Object.keys(ONE_BY_ONE), ...Object.keys(STREAM_RULES)]))
    expect(rows).toHaveLength(22)
    expect(differences(naively(worldOf(history, question)), rows, { keys: ['rule'] })).toEqual([])
  })

  it('takes what happens in one instant of the night for a migration', async () => {
    expect(await keys('bursts')).toHaveLength(30)
    expect(await keys('clock-shift')).toHaveLength(30)
  })

  it.each(['time-backwards', 'created-after-first-change', 'state-missing'])('%s is told by the build', async (check) => {
    expect(await ask({ check })).toMatchObject([{ rule: check, item_count: 1, throughput_without: null }])
  })

  it('says what each finding does to the headline figures', async () => {
    const [row] = await ask({ check: 'bursts' })
    const total = 600 + ODD.length + MIGRATED.length + OTHER.length - 3
    expect(row).toMatchObject({
      severity: 'warning',
      item_count: 30,
      throughput_with: total,
      throughput_without: total - 30,
      p85_with: 1,
      wip_with: 2,
      wip_without: 2,
    })
    expect(row?.effect).toBe(`Without them: throughput ${total} → ${total - 30}.`)
    expect((await ask({ check: 'zombie-wip' }))[0]).toMatchObject({ wip_with: 2, wip_without: 0, effect: 'Without them: WIP 2 → 0.' })
  })

  it('asks about the scope and the window alone', async () => {
    expect(await ask({ stream: 'other' })).toMatchObject([{ rule: 'on-two-streams', item_count: 1 }])
    expect(await ask({ check: 'reopened', from: '2024-03-07' })).toEqual([])
    expect(await keys('zombie-wip', { asOf: '2024-03-22' })).toEqual([])
    expect(await keys('zombie-wip', { asOf: '2024-03-22', idleDays: '10' })).toEqual(['future', 'reopened', 'zombie'])
  })
})
