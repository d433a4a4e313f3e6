import { describe, expect, it } from 'vitest'
import { faultText, Problem } from '@/lib/problem'
import { readYaml } from './yaml'

function failure(text: string): string {
  try {
    readYaml(text, 'p.yaml')
  } catch (error) {
    if (error instanceof Problem) return error.toText()
    throw error
  }
  return ''
}

const LAUGHS = ['a: &a [x, x, x, x, x, x, x, x, x]', ...[...'bcdefghij'].map(laugh)].join('\n')

function laugh(name: string, index: number): string {
  const before = 'abcdefghij'[index]
  return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`
}

describe('readYaml', () => {
  it.each([
    ['a: [1, 2\nb: 3', 'p.yaml:2:1: YAML: Flow sequence'],
    ['a:\n\tb: 1', 'p.yaml:2:1: YAML: Tabs are not allowed'],
    ['a: "x\nb: 1', 'YAML: '],
    ['a: b: c', 'p.yaml:1:4: YAML: Nested mappings'],
    ['a: 1\n---\nb: 2', 'p.yaml:2:1: YAML: a second document begins here'],
    ['', 'p.yaml: is empty'],
    ['# only a comment', 'p.yaml: is empty'],
    ['#'.repeat(5_000_001), 'p.yaml: is bigger than 5 MB'],
    ['é'.repeat(2_500_001), 'p.yaml: is bigger than 5 MB'],
    [`a: ${'['.repeat(200_000)}`, 'p.yaml: is nested too deeply'],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, 'p.yaml: is nested too deeply'],
    ['- '.repeat(100_000), 'p.yaml: is nested too deeply'],
    ['? '.repeat(100_000), 'p.yaml: is nested too deeply'],
    [Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'p.yaml: is nested too deeply'],
  ])('refuses %.40j', (text, message) => {
    expect(failure(text)).toContain(message)
  })

  it('caps syntax errors and says how many more there are', () => {
    const lines = failure('a: ]\n'.repeat(1000)).split('\n')
    expect(lines.length).toBeLessThan(30)
    expect(lines.at(-1)).toMatch(/and \d+ more/)
  })

  it('stops aliases that grow without end, at once', () => {
    const started = performance.now()
    const { blemishes } = readYaml(LAUGHS, 'p.yaml')
    expect(performance.now() - started).toBeLessThan(2000)
    expect(blemishes[0]?.message).toBe('holds too many values once its aliases are written out')
  })

  it('stops aliases that stand inside what they name', () => {
    expect(readYaml('a: &a [*a]', 'p.yaml').blemishes).toEqual([{ path: ['a', 0], message: 'alias *a stands inside what it names' }])
  })

  it('keeps the text of numbers that are names, and numbers that are numbers', () => {
    expect(readYaml('[1.10, 007, 1e3, 0x10, True, 12, -100, 3.9, true, ~, 2016-04-04, 12345678901234567890]', 'p.yaml').value).toEqual([
      '1.10',
      '007',
      '1e3',
      '0x10',
      'True',
      12,
      -100,
      3.9,
      true,
      null,
      '2016-04-04',
      '12345678901234567890',
    ])
  })

  it('reads __proto__ as a key like any other', () => {
    const { value } = readYaml('__proto__: {polluted: 1}\nb: 2', 'p.yaml')
    expect(Object.keys(value as object)).toEqual(['__proto__', 'b'])
    expect(Object.hasOwn({}, 'polluted')).toBe(false)
  })

  it('finds the line of a path, through aliases, as near as it can', () => {
    const text = 'a: &a\n  - x: 1\n    y: 2\nb: *a\nc:\n  d: {e: 1,\n    f: 2}'
    const { lineAt } = readYaml(text, 'p.yaml')
    expect(lineAt(['a', 0, 'y'])).toBe(3)
    expect(lineAt(['b', 0, 'y'])).toBe(3)
    expect(lineAt(['c', 'd', 'f'])).toBe(7)
    expect(lineAt(['c', 'd', 'missing'])).toBe(6)
    expect(lineAt(['nowhere', 3])).toBe(1)
    expect(lineAt([])).toBe(1)
  })

  it('tells duplicate keys in linear time', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n')
    const { blemishes } = readYaml(`${keys}\nk7: 2`, 'p.yaml')
    expect(blemishes).toEqual([{ path: ['k7'], message: 'this key stands here twice' }])
  })

  it('gives faults a readable form', () => {
    expect(faultText({ where: 'p.yaml:1:2', message: 'YAML: x' })).toBe('p.yaml:1:2: YAML: x')
  })
})
