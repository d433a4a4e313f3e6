import { describe, expect, it } from 'vitest'
import { readScope } from '@/lib/client/scope'
import { narrowingOf } from './narrowing'

const scope = readScope(new URLSearchParams('team=A,B&from=2024-01-01&to=2025-01-01'))

describe('narrowingOf', () => {
  it('takes what a scope can say and does not say yet', () => {
    const params = {
      stream: 'web-shop',
      type: 'bug',
      team: 'B,A',
      from: '2024-03-04',
      to: '2024-03-11',
      status: 'finished',
      lengthFrom: '3',
    }
    expect(narrowingOf(params, scope, ['stream'])).toEqual({
      dimensions: { type: ['bug'] },
      values: { from: '2024-03-04', to: '2024-03-11' },
    })
    expect(narrowingOf(params, scope, [])?.dimensions).toEqual({ stream: ['web-shop'], type: ['bug'] })
  })

  it('offers nothing where a scope says it all, or can say none of it', () => {
    expect(narrowingOf({ stream: 'web-shop', team: 'A,B', status: 'finished' }, scope, ['stream'])).toBeUndefined()
    expect(narrowingOf({ stageId: 'review', onDay: '2024-03-04', status: 'in_progress' }, scope, ['stream'])).toBeUndefined()
  })
})
