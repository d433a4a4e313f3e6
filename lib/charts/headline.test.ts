import { expect, it } from 'vitest'
import { changeJudgement, ratioOf, shareJudgement } from './headline'
import { LIGHT_CONTEXT, rows } from './testing/fixture'

const { format } = LIGHT_CONTEXT
const change = (verdict: string) => rows(['before', 'effect_ratio', 'low', 'high', 'verdict'], [[20, -0.25, -0.4, -0.1, verdict]])

it('gives colour to signals alone, by what is better', () => {
  expect(changeJudgement(change('signal'), 'lower', format)).toEqual({
    tone: 'better',
    word: 'Signal: better',
    text: '−25 % from 20 (95 %: −40 % … −10 %).',
  })
  expect(changeJudgement(change('signal'), 'higher', format).tone).toBe('worse')
  expect(changeJudgement(change('could be noise'), 'higher', format)).toMatchObject({ tone: 'noise', word: 'Could be noise' })
  expect(changeJudgement(change('too little data'), 'higher', format).word).toBe('Too little data')
})

it('judges the last whole week of a share', () => {
  const names = ['at', 'value', 'centre', 'upper', 'lower', 'signal', 'rule', 'partial']
  const weeks = rows(names, [
    [20_000, 0.5, 0.5, 0.7, 0.3, true, 'outside the limits', false],
    [20_007, 0.2, 0.5, 0.7, 0.3, true, 'outside the limits', false],
    [20_014, 0.9, 0.5, 0.7, 0.3, false, '', true],
  ])
  expect(shareJudgement(weeks, format)).toEqual({
    tone: 'worse',
    word: 'Signal: worse',
    text: 'Last whole week 20 %; usual is 30 % to 70 %. Rule: outside the limits.',
  })
})

it('weighs shares by what they are shares of', () => {
  expect(ratioOf([1, 3, null], [10, 10, null])).toBe(0.2)
  expect(ratioOf([], [])).toBeNull()
})
