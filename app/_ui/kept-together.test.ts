import { describe, expect, it } from 'vitest'
import { keptTogether } from './kept-together'

const parts = (sentence: string) => keptTogether(sentence).split(' ')

describe('keptTogether', () => {
  it('leaves no place to break between a number and its percent sign, days or items', () => {
    expect(parts('85 % of 1,204 items finished within 7.5 days, 1 item took 1 day.')).toEqual([
      '85\u00a0%',
      'of',
      '1,204\u00a0items',
      'finished',
      'within',
      '7.5\u00a0days,',
      '1\u00a0item',
      'took',
      '1\u00a0day.',
    ])
  })

  it('changes nothing else: a sentence must go on breaking on a phone', () => {
    for (const sentence of ['', 'since 3 Mar 2026', 'no items of 4 streams', '7 daysheets, 2 itemised bills']) {
      expect(keptTogether(sentence)).toBe(sentence)
    }
  })
})
