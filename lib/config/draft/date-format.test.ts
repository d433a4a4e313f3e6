import { describe, expect, it } from 'vitest'
import { formatFault } from '@/lib/connectors/file/timestamp-format'
import { readDates } from './date-format'

describe('readDates', () => {
  it.each([
    [['2021-01-05', '2021-01-06'], { kind: 'iso', hasTime: false, hasOffset: false }],
    [['2021-01-05 10:00', '2021-01-06T10:00:00.123'], { kind: 'iso', hasTime: true, hasOffset: false }],
    [['2020-03-17T15:11:26-07:00', '2020-03-17T15:11:26Z'], { kind: 'iso', hasTime: true, hasOffset: true }],
    [['2021-01-05 10:00:00+02'], { kind: 'iso', hasTime: true, hasOffset: true }],
  ])('%j is ISO', (values, expected) => {
    expect(readDates(values)).toEqual(expected)
  })

  it.each([
    [['29/2/2016 01:16', '1/3/2016 12:00'], '%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M'],
    [['7.6.2025 14:59:28'], '%d.%m.%Y %H:%M:%S', '%m.%d.%Y %H:%M:%S'],
    [['5/31/2023 8:04:10 AM', '1/4/2023 12:00:00 pm'], '%d/%m/%Y %I:%M:%S %p', '%m/%d/%Y %I:%M:%S %p'],
    [['01-02-21'], '%d-%m-%y', '%m-%d-%y'],
    [['01/02/2021, 10:00:00.123456'], '%d/%m/%Y, %H:%M:%S.%f', '%m/%d/%Y, %H:%M:%S.%f'],
    [['01/02/2021 10:00 +0200'], '%d/%m/%Y %H:%M %z', '%m/%d/%Y %H:%M %z'],
  ])('%j may be read in two ways', (values, dayFirst, monthFirst) => {
    expect(readDates(values)).toMatchObject({ kind: 'open', dayFirst, monthFirst })
    expect([dayFirst, monthFirst].map(formatFault)).toEqual([undefined, undefined])
  })

  it.each([
    [['2021/1/5 10:00'], '%Y/%m/%d %H:%M'],
    [['05/Jan/21 3:45 PM', '05/May/21 3:45 PM'], '%d/%b/%y %I:%M %p'],
    [['5 January 2021', '5 May 2021'], '%d %B %Y'],
    [['Jan 5, 2021'], '%b %d, %Y'],
    [['January 5 2021 10:00'], '%B %d %Y %H:%M'],
  ])('%j has one reading', (values, format) => {
    expect(readDates(values)).toMatchObject({ kind: 'format', format })
    expect(formatFault(format)).toBeUndefined()
  })

  it.each([
    [[], 'none'],
    [['New', 'Done'], 'none'],
    [['12', '13'], 'none'],
    [['1.2.3.4', '10.0.0.1'], 'none'],
    [['Foo 5, 2021'], 'none'],
    [['2021-01-05', '1/2/2021'], 'mixed'],
    [['1/2/2021', '1/2/2021 10:00'], 'mixed'],
    [['1/2/2021', 'soon', '2/2/2021'], 'mixed'],
  ])('%j is %s', (values, kind) => {
    expect(readDates(values).kind).toBe(kind)
  })
})
