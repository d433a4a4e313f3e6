import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltHistory, buildHistory } from '@/lib/testing/build'
import { smallHistory, smallItem, smallStream } from '@/lib/testing/small'
import { describeMetric, exampleOf, sharedParamDocs } from './describe'
import { METRIC_AREAS, METRICS } from './registry'
import { runMetric } from './run'

let built: BuiltHistory

beforeAll(async () => {
  const items = [
    smallItem('1', '2024-03-04T10:00 Todo team=A', '2024-03-05T10:00 Doing team=A', '2024-03-08T10:00 Done team=A'),
    smallItem('2', '2024-03-04T10:00 Doing team=B'),
  ]
  built = await buildHistory(smallHistory(smallStream('board', items)))
})
afterAll(() => built.close())

describe('the example of a metric', () => {
  it.each(METRICS)('$name: address and command ask the same, and are answered', async (metric) => {
    const { address, command } = exampleOf(metric, { stream: 'board' })
    const { pathname, searchParams } = new URL(address, 'http://localhost')
    expect(pathname).toBe(`/api/snapshots/current/metrics/${metric.name}`)
    const { format, ...params } = Object.fromEntries(searchParams)
    expect(format).toBe('json')
    const words = Object.entries(params).flatMap(([name, value]) => [`--${name}`, value])
    expect(command).toBe(['npx streamgauge query', metric.name, ...words].join(' '))
    const told = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value === 'ITEM' ? '1' : value]))
    const answer = await runMetric({ engine: built.engine, snapshot: built.snapshot, metric: metric.name, params: told })
    expect(answer.ignored).toEqual([])
    expect(describeMetric(metric).example.command).toContain(`query ${metric.name}`)
  })
})

it('no metric stands in two areas, and every shared parameter has a meaning', () => {
  expect(new Set(METRICS).size).toBe(METRICS.length)
  expect(new Set(METRIC_AREAS.map(({ name }) => name)).size).toBe(METRIC_AREAS.length)
  expect(sharedParamDocs().filter(({ meaning }) => meaning.length < 10)).toEqual([])
})
