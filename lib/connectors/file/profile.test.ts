import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Builder, openBuilder } from '../../engine/duckdb/builder'
import { profileFile } from './profile'

const LOG = `Issue;When;Status;Sprint
A;01/02/2024 10:00;New;
A;03/02/2024 10:00;Doing;1
A;03/02/2024 10:00;Doing;1
A;05/02/2024 10:00;Done;1
B;02/02/2024 09:00;New;
B;04/02/2024 09:00;?;
B;28/02/2024 09:00;Done;2
;28/02/2024 09:00;Done;2
`

const ITEMS = `ID,Title,Started,Finished
1,"One, two",2024-01-03,2024-01-05
2,Three,2024-01-04,
3,Four,2024-01-05,2024-01-05
`

let builder: Builder
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'streamgauge-'))
  builder = await openBuilder()
  await writeFile(path.join(folder, 'log.csv'), LOG)
  await writeFile(path.join(folder, 'items.csv'), ITEMS)
})

afterAll(async () => {
  builder.close()
  await rm(folder, { recursive: true })
})

describe('profileFile', () => {
  it('counts what stands in each column', async () => {
    const { profile } = await profileFile(builder, 'log.csv', folder)
    expect(profile).toMatchObject({ file: 'log.csv', rowCount: 8, delimiter: ';' })
    expect(profile.columns.map(({ name, distinctCount }) => [name, distinctCount])).toEqual([
      ['Issue', 2],
      ['When', 6],
      ['Status', 4],
      ['Sprint', 2],
    ])
    expect(profile.columns[0]).toMatchObject({ blankRatio: 1 / 8, samples: ['A', 'B'] })
    expect(profile.columns[1]?.largestDateParts).toEqual({ first: 28, second: 2 })
    expect(profile.columns[2]).not.toHaveProperty('largestDateParts')
  })

  it('follows the states of a log', async () => {
    const { states } = await profileFile(builder, 'log.csv', folder)
    const wanted = { layout: 'changes', item: 'Issue', at: 'When', state: 'Status', stageColumns: [], format: '%d/%m/%Y %H:%M' } as const
    expect(await states({ ...wanted, nulls: ['?'] })).toEqual({
      states: [
        { name: 'Done', itemCount: 2, firstCount: 0, lastCount: 2 },
        { name: 'New', itemCount: 2, firstCount: 2, lastCount: 0 },
        { name: 'Doing', itemCount: 1, firstCount: 0, lastCount: 0 },
      ],
      moves: [
        { from: 'Doing', to: 'Done', count: 1 },
        { from: 'New', to: 'Doing', count: 1 },
        { from: 'New', to: 'Done', count: 1 },
      ],
    })
    expect((await states({ ...wanted, nulls: [] })).states.map((state) => state.name)).toContain('?')
  })

  it('follows the date columns of a table of items', async () => {
    const { states } = await profileFile(builder, 'items.csv', folder)
    expect(await states({ layout: 'stages', item: 'ID', stageColumns: ['Started', 'Finished'], nulls: [] })).toEqual({
      states: [
        { name: 'Started', itemCount: 3, firstCount: 3, lastCount: 1 },
        { name: 'Finished', itemCount: 2, firstCount: 0, lastCount: 2 },
      ],
      moves: [{ from: 'Started', to: 'Finished', count: 2 }],
    })
  })
})
