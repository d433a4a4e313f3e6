import { expect, it } from 'vitest'
import { shortNames } from './short-names'

it('leaves short names, cuts long ones at their end', () => {
  expect(shortNames(['Test', 'Ready for development', 'Exactly fifteen'], 15)).toEqual(['Test', 'Ready for deve…', 'Exactly fifteen'])
})

it('cuts before the last word where names would be the same', () => {
  expect(shortNames(['Waiting for review', 'Waiting for release', 'Waiting for change approval'], 15)).toEqual([
    'Waiting… review',
    'Waitin… release',
    'Waiting for ch…',
  ])
})

it('never exceeds its length', () => {
  const names = ['a'.repeat(30), `${'a'.repeat(29)}b`, 'x incomprehensibilities', 'x incomprehensibilitieS']
  expect(shortNames(names, 12).map(({ length }) => length)).toEqual([12, 12, 12, 12])
})
