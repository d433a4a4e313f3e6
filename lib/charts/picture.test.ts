import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PictureInput, pictureOf, wrapped } from './picture'
import { chartTheme } from './theme'

const measure = (text: string, size = 10) => text.length * size * 0.6
const input = (over: Partial<PictureInput> = {}): PictureInput => ({
  text: { title: 'Throughput', facts: 'items per week', verdict: 'No change.', filters: 'Filters: Team A & B', foot: 'Streamgauge' },
  legend: [],
  charts: [{ svg: '<svg width="640" height="200" xmlns="http://www.w3.org/2000/svg"></svg>', x: 0, y: 0, width: 640, height: 200 }],
  theme: chartTheme('light'),
  measure,
  ...over,
})

describe('pictureOf', () => {
  it('names what was filtered, on a light ground, around the chart', () => {
    const { svg, width, height } = pictureOf(input())
    expect(width).toBe(640 + 48)
    expect(height).toBeGreaterThan(200 + 80)
    expect(svg).toContain('>Filters: Team A &amp; B</text>')
    expect(svg).toContain('<desc>Filters: Team A &amp; B</desc>')
    expect(svg).toContain('fill="#ffffff"')
    expect(svg).toMatch(/<svg x="24" y="[\d.]+" width="640"/)
  })

  it('puts the legend above the charts and captions above each', () => {
    const [chart] = input().charts
    const charts = chart ? [chart, { ...chart, y: 240, caption: 'Team B' }] : []
    const { svg } = pictureOf(input({ charts, legend: [{ color: '#123456', label: 'New' }] }))
    expect(svg.indexOf('#123456')).toBeLessThan(svg.indexOf('<svg x='))
    const [first, second] = [...svg.matchAll(/<svg x="24" y="([\d.]+)"/g)].map((match) => Number(match[1]))
    expect((second ?? 0) - (first ?? 0)).toBe(240)
    expect(svg).toContain('>Team B</text>')
  })

  it('takes any text: no tag, no control character gets through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
        const charts = [{ svg: `<svg width="9">${title.replace(/[<&]/g, '')}</svg>`, x: 0, y: 0, width: 9, height: 9 }]
        const { svg } = pictureOf(input({ text: { title: `<script>${title}`, filters: '', foot: '' }, charts }))
        expect(svg).not.toContain('<script')
        expect([...svg].every((letter) => letter >= ' ' || /\s/.test(letter))).toBe(true)
        expect(svg).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})

describe('wrapped', () => {
  it('keeps every letter and no line is too long', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ccccc'), maxLength: 80 })
    fc.assert(
      fc.property(text, (words) => {
        const lines = wrapped(words, 60, (part) => measure(part))
        expect(lines.every((line) => measure(line) <= 60)).toBe(true)
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''))
      }),
    )
  })
})
