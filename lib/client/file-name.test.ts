import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileName } from './file-name'

describe('fileName', () => {
  it('says metric, stream, filters, choices and period, the last day included', () => {
    const params = { groupBy: 'type', team: 'Core Team,(none)', stream: 'web-shop', from: '2025-06-01', to: '2025-09-01', span: 'lead' }
    expect(fileName({ metric: 'throughput', params, ending: 'csv' })).toBe(
      'throughput_web-shop_team-core-team-none_groupby-type_span-lead_2025-06-01-to-2025-08-31.csv',
    )
  })

  it('says so when nothing was filtered', () => {
    expect(fileName({ metric: 'wip', params: {}, snapshot: 'abc', ending: 'parquet' })).toBe('wip_all-streams_whole-history_abc.parquet')
  })

  it('counts the values that find no room, and keeps letters of all scripts', () => {
    const name = fileName({ metric: 'wip', params: { team: 'Größe,チーム,a,b,c', asOf: '2025-01-02' }, ending: 'svg' })
    expect(name).toBe('wip_all-streams_team-größe-チーム-a-and-2-more_whole-history_as-of-2025-01-02.svg')
  })

  it('is no path and fits a file system, whatever is filtered', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 })
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('stream', 'team', 'dim.product', 'goal', 'span'), text), (params) => {
        const name = fileName({ metric: 'span-percentiles', params, snapshot: 'a'.repeat(20), ending: 'parquet' })
        expect(name).toMatch(/^span-percentiles_[\p{L}\p{M}\p{N}_.-]+\.parquet$/u)
        expect(name.split('.')).toHaveLength(2)
        expect(new TextEncoder().encode(name).byteLength).toBeLessThan(256)
      }),
    )
  })
})
