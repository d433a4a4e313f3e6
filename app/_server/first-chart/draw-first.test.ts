import type { EChartsOption } from 'echarts'
import { describe, expect, it } from 'vitest'
import type { ChartContext } from '@/lib/charts/context'
import { formatOf } from '@/lib/charts/format'
import { compactSvg, inBothSchemes } from './compact-svg'
import { drawFirst, NO_DRAWING } from './draw-first'

const WIDTHS = { wide: 800, narrow: 320 }
const FORMAT = formatOf('en-GB')

function line(points: number, { theme }: ChartContext, name = 'WIP'): EChartsOption {
  return {
    animation: false,
    xAxis: { type: 'value' },
    yAxis: { type: 'value', name },
    series: [{ type: 'line', color: theme.palette.accent, symbol: 'none', data: Array.from({ length: points }, (_, at) => [at, at % 7]) }],
  }
}

describe('drawFirst', () => {
  it('draws once for each width, in the colours of both schemes, and fits any box', () => {
    const { wide, narrow, byteLength } = drawFirst('wip', { height: 200, build: (context) => line(30, context) }, WIDTHS, FORMAT)
    expect(wide).toMatch(/^<svg viewBox="0 0 800 200" preserveAspectRatio="xMidYMid meet">/)
    expect(narrow).toContain('viewBox="0 0 320 200"')
    for (const svg of [wide, narrow]) expect(svg).toMatch(/stroke="light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\)"/)
    expect(byteLength).toBe(wide.length + narrow.length)
  })

  it('leaves text as text', () => {
    const name = '<script>alert(1)</script> class="x" <style>*{}</style> #ff0000'
    const { wide } = drawFirst('wip', { height: 200, build: (context) => line(3, context, name) }, WIDTHS, FORMAT)
    expect(wide).not.toMatch(/<script|<style/)
    expect(wide).toContain('&lt;script')
  })

  it('thins long lines to what is seen at a glance, and keeps their end', () => {
    const short = drawFirst('wip', { height: 200, build: (context) => line(160, context) }, WIDTHS, FORMAT)
    const long = drawFirst('wip', { height: 200, build: (context) => line(100_000, context) }, WIDTHS, FORMAT)
    expect(long.wide.length).toBeLessThan(1.5 * short.wide.length)
    expect(drawFirst('wip', { height: 200, build: (context) => line(100_000, context) }, WIDTHS, FORMAT)).toEqual(long)
  })

  it('draws nothing rather than a picture that is too long', () => {
    const build = (context: ChartContext): EChartsOption => ({
      ...line(2, context),
      series: [{ type: 'scatter', data: Array.from({ length: 5000 }, (_, at) => [at, at]) }],
    })
    expect(drawFirst('dots', { height: 200, build }, WIDTHS, FORMAT)).toEqual(NO_DRAWING)
  })
})

describe('inBothSchemes', () => {
  it('tells colours that differ, and refuses shapes that do', () => {
    expect(inBothSchemes('<path fill="#ffffff" stroke="#123456"/>', '<path fill="#000000" stroke="#123456"/>')).toBe(
      '<path fill="light-dark(#ffffff,#000000)" stroke="#123456"/>',
    )
    expect(inBothSchemes('<path d="M0 0"/>', '<path d="M0 1"/>')).toBeUndefined()
  })
})

describe('compactSvg', () => {
  it('shortens places and names of its own, and leaves an opacity', () => {
    expect(compactSvg('<g clip-path="url(#zr7-c0)" class="a"><path d="M1.98765 12.3456" opacity="0.125"/></g>', 'wip')).toBe(
      '<g clip-path="url(#wip-c0)"><path d="M1.98765 12.3" opacity="0.125"/></g>',
    )
  })
})
