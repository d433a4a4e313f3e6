import { describe, expect, it } from 'vitest'
import { faultText } from '@/lib/problem'
import { faultsOf, fixture, read } from './fixtures/read'

const EXAMPLE = fixture('issue-example.yaml')

describe('a series', () => {
  it.each([
    ['', ['csat.csv kpis[1].series: is empty']],
    ['on,score\n2016-01-01,1', ['csat.csv:1 kpis[1].series: its first line must name the columns date and value (got "on,score")']],
    ['date,value\n', ['csat.csv kpis[1].series: has no row of values']],
    ['date,value\n2016-02-30,1', ['csat.csv:2 kpis[1].series: date must be a real date written YYYY-MM-DD (got "2016-02-30")']],
    ['date,value\n\n2016-01-01,1\n2016-01-01,2', ['csat.csv:4 kpis[1].series: this date stands on line 3 already (got "2016-01-01")']],
    [
      'date,value\n2016-01-01,3.9x\n2016-01-02,\n2016-01-03,"3,9"',
      ['csat.csv:2', 'csat.csv:3', 'csat.csv:4 kpis[1].series: value must be a number with a decimal point (got "3,9")'],
    ],
    ['date,value\n2016-01-01,Infinity', ['value must be a number']],
    ['date,value\n2016-01-01,"1', ['csat.csv kpis[1].series: Quote Not Closed']],
  ])('%j', (csv, expected) => {
    const found = faultsOf(EXAMPLE, { readText: () => csv }).map(faultText)
    expect(found).toHaveLength(expected.length)
    for (const [index, line] of expected.entries()) expect(found[index]).toContain(line)
  })

  it('tells why a file cannot be read, without folders of the machine', () => {
    const readText = () => {
      throw Object.assign(new Error("EACCES: permission denied, open '/home/me/csat.csv'"), { code: 'EACCES' })
    }
    expect(faultsOf(EXAMPLE, { readText }).map(faultText)).toEqual([
      expect.stringMatching(/the file cannot be read \(EACCES\) \(got "csat.csv"\)$/),
    ])
    expect(faultsOf(EXAMPLE, { readText: undefined }).map(faultText)[0]).toContain('no file can be read from here')
    expect(faultsOf(EXAMPLE, { readText: () => 'x'.repeat(5_000_001) }).map(faultText)[0]).toContain('is bigger than 5 MB')
  })

  it.each([['\uFEFFDate;Value;Note\r\n2016-04-30; 4 ;x\r\n2016-03-31;-1.5e1;\r\n'], ['value\tdate\n4\t2016-04-30\n-15\t2016-03-31']])(
    'reads %j in date order',
    (csv) => {
      expect(read(EXAMPLE, { readText: () => csv }).kpis[1]).toMatchObject({
        series: [
          { on: '2016-03-31', value: -15 },
          { on: '2016-04-30', value: 4 },
        ],
      })
    },
  )
})
