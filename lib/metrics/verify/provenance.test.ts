import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { provenance } from './provenance'

let built: BuiltHistory
beforeAll(async () => {
  const items = [
    smallItem('1', '2024-03-04T10:00 Todo', '2024-03-05T10:00 Todo', '2024-03-08T10:00 Parked'),
    smallItem('2', '2024-03-05T10:00 -', '2024-03-06T10:00 -'),
  ]
  built = await buildHistory(smallHistory(smallStream('small', items)))
})
afterAll(() => built.close())

it('tells files, what was put right, what was left out, states without a stage and the snapshots', async () => {
  const { snapshot, engine } = built
  const found = await provenance(engine, snapshot, { all: [snapshot.manifest], currentId: snapshot.id })
  expect(found.sources).toMatchObject([{ stream_id: 'small', files: [{ rowCount: 5 }] }])
  expect(found.repairs).toEqual([{ stream_id: 'small', words: 'repeated the state before', count: 1, example: '1' }])
  expect(found.reject_count).toBe(2)
  expect(found.rejects).toMatchObject([{ field: 'state', reason: 'no row of this item tells a state', rows: 2, first_row: 4 }])
  expect(found.unmapped).toEqual([{ stream_id: 'small', state: 'Parked', changes: 1, items: 1 }])
  expect(found.snapshots).toMatchObject([{ id: snapshot.id, items: 1, increments: 0, is_current: true }])
})
