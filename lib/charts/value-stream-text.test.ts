import { describe, expect, it } from 'vitest'
import { formatOf } from './format'
import type { MapStage, StreamMap } from './value-stream-map'
import { mapVerdict, stageLines, timeText, wrapText } from './value-stream-text'

const FORMAT = formatOf('en-GB')
const WAIT: MapStage = {
  id: 'wait',
  name: 'Waiting for test',
  kind: 'queue',
  counted: true,
  items: 10,
  wip: 4,
  wipLimit: 9,
  active: 0,
  waiting: 9.3,
  blockedShare: 0.1,
  firstPass: null,
  waitShare: 0.58,
  isWaste: true,
  isBottleneck: true,
  evidence: [{ kind: 'share of time', strength: 2, text: 'A lot.' }],
}
const MAP: StreamMap = {
  stages: [WAIT],
  doneName: 'Done',
  doneCount: 3,
  moves: [],
  active: 5,
  waiting: 16,
  startName: 'Analysis',
  endName: 'Done',
}

describe('mapVerdict', () => {
  it('says how much of the way is waiting, and where most of it is', () => {
    expect(mapVerdict(MAP, FORMAT)).toBe(
      'Of 21 days from Analysis to Done, 16 are waiting; most of it in Waiting for test (9.3 days, 58 %).',
    )
  })

  it('does not say most where it is less than half', () => {
    expect(mapVerdict({ ...MAP, stages: [{ ...WAIT, waitShare: 0.3 }] }, FORMAT)).toContain('the largest part in')
  })

  it('is silent about nothing', () => {
    expect(mapVerdict({ ...MAP, active: 0, waiting: 0 }, FORMAT)).toBeUndefined()
  })
})

describe('timeText', () => {
  it('takes the unit that a reader would', () => {
    expect([9.31, 123.4, 0.96, 0.4, 0.01, 0.00001, 0].map((days) => timeText(days, FORMAT))).toEqual([
      '9.3 d',
      '123 d',
      '1 d',
      '10 h',
      '14 min',
      '1 min',
      '0',
    ])
  })
})

describe('stageLines', () => {
  it('defines each figure, and says what stands out', () => {
    expect(stageLines(WAIT, FORMAT)).toEqual([
      'Waiting for test',
      'Waiting 9.3 d: mean time waiting or blocked per item that left.',
      'WIP 4 of 9: items in it at the end of the period.',
      'First pass –: exits forward that did not come back.',
      'Blocked 10 %: share of its time that is blocked.',
      '58 % of all waiting is here.',
      'Share of time: A lot.',
    ])
  })
})

describe('wrapText', () => {
  it('breaks between words and cuts what is left', () => {
    expect(wrapText('Waiting for release', 11, 3)).toEqual(['Waiting for', 'release'])
    expect(wrapText('one two three four', 7, 2)).toEqual(['one two', 'three…'])
    expect(wrapText('Donaudampfschifffahrt', 8, 2)).toEqual(['Donauda…'])
  })
})
