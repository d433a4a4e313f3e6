import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readScope, scopeParams, searchText } from './scope'

describe('readScope', () => {
  it('reads dimensions, days and choices', () => {
    const scope = readScope(new URLSearchParams('team=A,B&dim.product=X&from=2026-01-01&to=2026-02-01&unit=elapsed&span=lead&other=1'))
    expect(scope).toEqual({
      dimensions: { team: ['A', 'B'], 'dim.product': ['X'] },
      from: '2026-01-01',
      to: '2026-02-01',
      unit: 'elapsed',
      span: 'lead',
    })
  })

  it('leaves out what can mean nothing', () => {
    expect(readScope(new URLSearchParams('from=2026-02-30&unit=hours&dim.BAD=1&team='))).toEqual({ dimensions: {} })
  })

  it('comes back from its own address', () => {
    const value = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && text !== '')
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('stream', 'team', 'type', 'dim.product'), values, { noNullPrototype: true }),
        (dimensions) => {
          const search = searchText(scopeParams({ dimensions, span: 'flow' }))
          expect(readScope(new URLSearchParams(search))).toEqual({ dimensions, span: 'flow' })
        },
      ),
    )
  })
})

describe('searchText', () => {
  it('is the same for the same scope, whatever its order', () => {
    const one = scopeParams({ dimensions: { team: ['A'], stream: ['s'] }, unit: 'days' })
    const other = scopeParams({ unit: 'days', dimensions: { stream: ['s'], team: ['A'] } })
    expect(searchText(one)).toBe(searchText(other))
    expect(searchText(one)).toBe('stream=s&team=A&unit=days')
  })
})
