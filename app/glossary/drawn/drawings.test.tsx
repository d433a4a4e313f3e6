import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { METRICS } from '@/lib/metrics/registry'
import { DRAWINGS } from './drawings'
import { Drawn } from './drawn'
import { FIGURES } from './figures'

const drawn = [...DRAWINGS].map(([name, drawing]) => ({
  name,
  drawing,
  markup: renderToStaticMarkup(<Drawn drawing={drawing} name={name} title={name} />),
}))

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

describe('drawn examples', () => {
  it('are there for every metric, and for nothing else', () => {
    expect([...DRAWINGS.keys()].sort()).toEqual(METRICS.map(({ name }) => name).sort())
    expect(Object.keys(FIGURES).sort()).toEqual([...DRAWINGS.keys()].sort())
  })

  it.each(drawn)('$name says no figure that is not checked', ({ name, drawing, markup }) => {
    const known = new Set(numbersIn(FIGURES[name as keyof typeof FIGURES]).map((value) => Math.abs(value)))
    // Labels of figures have words; numbers alone stand on axes.
    const labels = [...markup.matchAll(/<text[^>]*>([^<]*[a-z][^<]*)</g)].map(([, text]) => text)
    const said = [drawing.caption, ...labels].join('\n').replaceAll(/week [12]\b/gi, '')
    const told = [...said.matchAll(/\d+(?:\.\d+)?/g)].map(Number)
    expect(told.filter((value) => !known.has(value))).toEqual([])
  })

  it.each(drawn)('$name is one picture with a name, in colours of the design, within its frame', ({ markup }) => {
    expect(markup).toMatch(/^<figure[^>]*><svg viewBox="0 0 340 \d+" role="img" aria-label="[^"]+">/)
    expect(markup).not.toMatch(/#[0-9a-f]{3,8}"|NaN|undefined/i)
  })

  it('share no name between them', () => {
    const ids = drawn.flatMap(({ markup }) => [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    expect(new Set(ids).size).toBe(ids.length)
    const used = drawn.flatMap(({ markup }) => [...markup.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id))
    expect(used.filter((id) => !ids.includes(id))).toEqual([])
  })
})
