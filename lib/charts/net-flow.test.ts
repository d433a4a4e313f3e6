import { expect, it } from 'vitest'
import { netFlow, netFlowVerdict } from './net-flow'
import { LIGHT_CONTEXT, rows, seriesOf, tipText } from './testing/fixture'

const columns = rows(
  ['period_on', 'arrivals', 'departures', 'restorations', 'removals', 'transfers_in', 'transfers_out', 'net', 'partial'],
  [
    ['2026-03-02', 9, 4, 0, 1, 0, 0, 4, false],
    ['2026-03-09', 2, 9, 0, 0, 0, 0, -7, true],
  ],
)
const option = netFlow({ columns, grain: 'week' }, LIGHT_CONTEXT)

it('stands grey bars on zero, up and down, and hatches partial periods', () => {
  const data = seriesOf(option).get('net')?.data
  expect(data?.[0]).toEqual({ value: 4, itemStyle: { color: LIGHT_CONTEXT.theme.palette.noise } })
  expect(data?.[1]).toMatchObject({ value: -7, itemStyle: { decal: expect.anything() } })
})

it('says what the net is made of, and only what there was', () => {
  const text = tipText(option, [{ dataIndex: 0 }])
  expect(text).toContain('Net flow +4 items')
  expect(text).toContain('− Removed 1')
  expect(text).not.toContain('Reopened')
})

it('says how work in progress changed in all', () => {
  expect(netFlowVerdict({ columns, grain: 'week' }, LIGHT_CONTEXT.format)).toBe(
    'Work in progress fell by 3 items over the period; it grew in 1 of 2 weeks.',
  )
})
