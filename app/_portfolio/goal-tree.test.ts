import { describe, expect, it } from 'vitest'
import type { Goal } from '@/lib/model/goal'
import { goalTree } from './goal-tree'

const goals: Goal[] = [
  { id: 'c', name: 'C', level: 'immediate', parent: 'b' },
  { id: 'a', name: 'A', level: 'strategic' },
  { id: 'b', name: 'B', level: 'intermediate', parent: 'a' },
  { id: 'x', name: 'X', level: 'immediate', parent: 'gone' },
]

describe('goalTree', () => {
  it('puts each goal below its parent and keeps those whose parent is lost', () => {
    expect(goalTree(goals, []).map(({ goal, depth }) => `${goal.id}${depth}`)).toEqual(['a0', 'b1', 'c2', 'x0'])
  })
})
