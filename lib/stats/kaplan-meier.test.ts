import { describe, expect, it } from 'vitest'
import { kaplanMeier } from './kaplan-meier'

describe('kaplanMeier', () => {
  it('is the share that lasts longer when nothing is censored', () => {
    expect(
      kaplanMeier([
        { duration: 1, ended: true, count: 1 },
        { duration: 2, ended: true, count: 3 },
      ]),
    ).toEqual([
      { duration: 1, atRisk: 4, survival: 0.75 },
      { duration: 2, atRisk: 3, survival: 0 },
    ])
  })

  it('keeps what was watched in the risk set until it left (worked by hand)', () => {
    const points = kaplanMeier([
      { duration: 2, ended: true, count: 1 },
      { duration: 2, ended: false, count: 1 },
      { duration: 5, ended: true, count: 1 },
      { duration: 9, ended: false, count: 1 },
    ])
    expect(points).toEqual([
      { duration: 2, atRisk: 4, survival: 0.75 },
      { duration: 5, atRisk: 2, survival: 0.375 },
    ])
  })
})
