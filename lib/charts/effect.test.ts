import { describe, expect, it } from 'vitest'
import { effectInterval, effectText } from './effect'
import { formatOf } from './format'

const format = formatOf('en-GB')

describe('effectText', () => {
  it.each([
    [0.124, '+12 %'],
    [-0.5, '−50 %'],
    [0.001, '0 %'],
    [-0.001, '0 %'],
    [9, '+900 %'],
    [107_392.04, 'more than tenfold'],
  ])('says %d as %s', (ratio, text) => expect(effectText(ratio, format)).toBe(text))
})

it('says between which a change lies', () => expect(effectInterval([-1, 42], format)).toBe('95 %: −100 % … more than tenfold'))
