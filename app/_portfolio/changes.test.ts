import { describe, expect, it } from 'vitest'
import { formatOf } from '@/lib/charts/format'
import { columnsOf } from '@/lib/model/columns'
import type { Portfolio } from '@/lib/model/portfolio'
import { type Change, changesAsked, comparedSince, flowChanges, foremost, goalChanges, saidOf } from './changes'

const format = formatOf('en-GB')
const portfolio = {
  streams: [
    { id: 'a', name: 'Alpha' },
    { id: 'b', name: 'Beta' },
  ],
  goals: [
    { id: 'g', name: 'Grow', due: '2025-12-31' },
    { id: 'k', name: 'Keep' },
  ],
  kpis: [
    { id: 'k1', goal: 'g', name: 'Orders', unit: '%', target: 3 },
    { id: 'k2', goal: 'k', name: 'Churn', unit: '%', target: 1 },
  ],
} as unknown as Portfolio

function compared(rows: readonly [string, string, number, number][]) {
  const column = (kind: 'number' | 'text', values: readonly (string | number)[]) => ({ kind, values })
  return columnsOf({
    group: column(
      'text',
      rows.map(([group]) => group),
    ),
    verdict: column(
      'text',
      rows.map(([, verdict]) => verdict),
    ),
    before: column(
      'number',
      rows.map(([, , before]) => before),
    ),
    after: column(
      'number',
      rows.map(([, , , after]) => after),
    ),
    effect_ratio: column(
      'number',
      rows.map(([, , before, after]) => after / before - 1),
    ),
    low: column(
      'number',
      rows.map(() => -0.4),
    ),
    high: column(
      'number',
      rows.map(() => -0.1),
    ),
  })
}

describe('what changed', () => {
  it('tells signals alone, with their interval, and whether they are good', () => {
    const columns = compared([
      ['a', 'signal', 24, 18],
      ['b', 'could be noise', 24, 12],
    ])
    expect(flowChanges({ of: 'span', columns }, portfolio, format)).toEqual([
      {
        id: 'span a',
        tone: 'better',
        text: 'Alpha: 85 % now finish within 18 days, down from 24 (95 %: −40 % … −10 %).',
        path: '/streams/a/flow',
      },
    ])
    expect(flowChanges({ of: 'throughput', columns }, portfolio, format)[0]?.tone).toBe('worse')
  })

  it('names goals in trouble, off track before at risk, and none that is on track', () => {
    const trend = (statuses: readonly [string, string]) =>
      columnsOf({
        kpi_id: { kind: 'text', values: ['k1', 'k2'] },
        value: { kind: 'number', values: [2.9, 2] },
        status: { kind: 'text', values: statuses },
        explanation: { kind: 'text', values: ['', ''] },
      })
    const texts = goalChanges(trend(['at risk', 'off track']), portfolio, format).map(({ text }) => text)
    expect(texts).toEqual(['“Keep” is off track: churn is 2 %, target 1.', '“Grow” is at risk: orders is 2.9 %, target 3 by 31 Dec 2025.'])
    expect(goalChanges(trend(['on track', 'met']), portfolio, format)).toEqual([])
  })

  it('says that there is nothing but noise where no stream has a signal', () => {
    const noise = compared([['a', 'could be noise', 24, 12]])
    expect(saidOf({ span: noise, throughput: noise }, portfolio, format)).toEqual({ changes: [], isNoise: true })
    const { changes, isNoise } = saidOf({ span: compared([['a', 'signal', 24, 18]]), throughput: noise }, portfolio, format)
    expect([changes.map(({ id }) => id), isNoise]).toEqual([['span a'], false])
  })

  it('compares since the first day of the period, or over the last half year', () => {
    expect(comparedSince('1970-01-11', 400)).toBe(10)
    expect(comparedSince(undefined, 400)).toBe(219)
    expect(changesAsked(10).throughput).toEqual({ from: '1970-01-11', groupBy: 'stream', percentiles: '85', of: 'throughput' })
  })

  it('says five things at most and leaves room for streams', () => {
    const change = (id: string, tone: Change['tone']): Change => ({ id, tone, text: id, path: '/' })
    const goals = ['g1', 'g2', 'g3', 'g4', 'g5', 'g6'].map((id) => change(id, 'worse'))
    const flow = [change('up', 'better'), change('down', 'worse'), change('up2', 'better')]
    expect(foremost(goals, flow).map(({ id }) => id)).toEqual(['g1', 'g2', 'g3', 'down', 'up'])
    expect(foremost(goals, []).map(({ id }) => id)).toEqual(['g1', 'g2', 'g3', 'g4', 'g5'])
  })
})
