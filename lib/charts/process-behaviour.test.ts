import { describe, expect, it } from 'vitest'
import { behaviourVerdict, processBehaviour, signalTone } from './process-behaviour'
import { LIGHT_CONTEXT, rows, seriesOf, tipText } from './testing/fixture'

const NAMES = ['at', 'value', 'centre', 'upper', 'lower', 'signal', 'rule', 'baseline', 'rebased', 'partial']
const table = rows(NAMES, [
  [20_000, 10, 10, 14, null, false, null, true, false, false],
  [20_007, 11, 10, 14, null, false, null, true, false, false],
  [20_014, 20, 10, 14, null, true, 'outside the limits', false, false, false],
  [20_021, 2, 10, 14, null, false, null, false, false, true],
])
const input = { columns: table, grain: 'week' as const, unit: 'items finished per week', better: 'higher' as const }

describe('process behaviour', () => {
  const series = seriesOf(processBehaviour(input, LIGHT_CONTEXT))

  it('fills and names signals, by what they mean', () => {
    const point = series.get('points')?.data?.[2]
    expect(point).toMatchObject({ itemStyle: { color: LIGHT_CONTEXT.theme.palette.better }, label: { formatter: 'outside the limits' } })
    expect(signalTone({ ...input, better: 'lower' }, 2)).toBe('worse')
    expect(signalTone({ columns: table }, 2)).toBe('plain')
    expect(signalTone(input, 0)).toBe('noise')
  })

  it('leaves out the name of a rule that would run into another', () => {
    const [plain, signal] = [
      [10, 10, 14, 6, false, null, false, false, false],
      [20, 10, 14, 6, true, 'outside the limits', false, false, false],
    ]
    const columns = rows(
      NAMES,
      Array.from({ length: 60 }, (_, week) => [20_000 + 7 * week, ...([5, 7, 40].includes(week) ? signal : plain)]),
    )
    const points = seriesOf(processBehaviour({ ...input, columns }, { ...LIGHT_CONTEXT, width: 1000 })).get('points')
    const named = (points?.data ?? []).flatMap((point: unknown, row: number) => (JSON.stringify(point).includes('outside') ? [row] : []))
    expect(named).toEqual([5, 40])
  })

  it('lifts the name of a rule over the points that it reaches across', () => {
    const distanceBeside = (neighbour: number) => {
      const beside = [neighbour, 10, 14, 6, false, null, false, false, false]
      const signal = [15, 10, 14, 6, true, 'outside the limits', false, false, false]
      const columns = rows(
        NAMES,
        [beside, signal, beside].map((row, week) => [20_000 + 7 * week, ...row]),
      )
      const [, named] = seriesOf(processBehaviour({ ...input, columns }, { ...LIGHT_CONTEXT, width: 160 })).get('points')?.data ?? []
      return (named as { label: { distance: number } }).label.distance
    }
    expect(distanceBeside(12)).toBe(5)
    expect(distanceBeside(30)).toBeGreaterThan(5 + 0.4 * LIGHT_CONTEXT.height)
  })

  it('draws no limit where there is none, and shades the baseline', () => {
    expect(series.get('lower')?.data).toEqual(['-', '-', '-', '-'])
    expect(series.get('points')?.markArea).toMatchObject({ data: [[{ xAxis: 0 }, { xAxis: 1 }]] })
  })

  it('judges the last whole period, not the partial one', () => {
    expect(behaviourVerdict(input, LIGHT_CONTEXT.format)).toBe(
      'Usual is 10 a week, within 0 to 14. 1 point of 4 is a signal. The last whole week (20) is a signal: outside the limits.',
    )
    expect(tipText(processBehaviour(input, LIGHT_CONTEXT), [{ dataIndex: 3 }])).toContain('Partial period: shown, not judged.')
  })
})
