import { expect, it } from 'vitest'
import { flatPoints } from '@/lib/charts/flat-points'
import { rendererOf } from './renderer-of'

const marks = (count: number) => ({ series: [{ type: 'scatter' as const, data: Array.from({ length: count }, (_, at) => [at, at]) }] })
const line = (count: number) => {
  const days = Array.from({ length: count }, (_, at) => at)
  return { type: 'line' as const, data: flatPoints(days, days) as unknown as number[] }
}

it('draws few marks and points as SVG, many as canvas', () => {
  expect(rendererOf({})).toBe('svg')
  expect(rendererOf(marks(1500))).toBe('svg')
  expect(rendererOf(marks(1501))).toBe('canvas')
  expect(rendererOf({ series: [line(3000), line(3000)] })).toBe('svg')
  expect(rendererOf({ series: [line(3000), line(3001)] })).toBe('canvas')
})
