import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { Problem } from '@/lib/problem'
import { canonicalConfig } from './canonical'
import { fixture, read } from './fixtures/read'
import { nearestName, nearestNames } from './nearest'

const SEED = 20_260_801
const TEXTS = ['issue-example.yaml', 'incidents.yaml', 'proposals.yaml', 'board-export.yaml'].map(fixture)
const SIGNS = [
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '\n',
  '  ',
  '\t',
  '- ',
  '&a ',
  '*a',
  '!!set ',
  '#',
  "'",
  '"',
  '|',
  '>',
  '?',
  '%',
  '@',
  '\\',
  '\0',
  '~',
  'é',
  '🚀',
  '<<: ',
  '0',
  '-1',
  '1e999',
  'null',
]

/** Reads, and lets nothing but a Problem with readable faults through. */
function attempt(text: string): 'read' | 'refused' {
  try {
    canonicalConfig(read(text))
    return 'read'
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.faults.length).toBeGreaterThan(0)
    for (const fault of error.faults) expect(fault.where).toMatch(/^(p\.yaml|csat\.csv)/)
    return 'refused'
  }
}

const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(30), insert: fc.constantFrom('', ...SIGNS) })

function edited(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((current, { at, remove, insert }) => {
    const start = Math.floor(at * current.length)
    return current.slice(0, start) + insert + current.slice(start + remove)
  }, text)
}

describe(`a portfolio file that went wrong (seed ${SEED})`, () => {
  it('is refused with a Problem, whatever was cut or typed into it', () => {
    const outcomes = new Set<string>()
    const property = fc.property(fc.constantFrom(...TEXTS), fc.array(edit, { minLength: 1, maxLength: 5 }), (text, edits) => {
      outcomes.add(attempt(edited(text, edits)))
    })
    fc.assert(property, { seed: SEED, numRuns: 500 })
    expect([...outcomes].sort()).toEqual(['read', 'refused'])
  })

  it('is refused with a Problem, whatever stands in place of a value', () => {
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 3 })
    const keys = ['name', 'timezone', 'calendar', 'streams', 'goals', 'kpis', 'annotations']
    const property = fc.property(fc.constantFrom(...keys), fc.json({ maxDepth: 3 }), anything, (key, json, odd) => {
      attempt(`${stringify({ name: 'x', timezone: 'UTC', streams: [] })}\n`.replace(`${key}:`, `ignored:`).concat(`${key}: ${json}\n`))
      attempt(yamlOf({ [key]: odd }))
    })
    fc.assert(property, { seed: SEED, numRuns: 200 })
  })

  it('is refused when it is no text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        attempt(text)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

function yamlOf(value: unknown): string {
  try {
    return stringify(value)
  } catch {
    return ''
  }
}

describe('size', () => {
  const stream = (index: number, stages: string) =>
    `  - id: s${index}\n    timezone: Europe/Zurich\n    sources: [{connector: file, path: a.csv, columns: {item: a, at: b, state: c}}]\n    stages: ${stages}\n`
  const stages = '[{id: todo, kind: queue}, {id: done, kind: done}]'
  const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join('')

  it('reads 10,000 streams', () => {
    const text = `name: x\ntimezone: UTC\nstreams:\n${many(10_000, (index) => stream(index, index ? '*order' : `&order ${stages}`))}`
    expect(read(text).streams).toHaveLength(10_000)
  }, 60_000)

  it('tells the nearest among 3,000 goals without end of patience', () => {
    const goals = many(3000, (index) => `  - {id: g${index}, level: immediate, parent: x${index}}\n`)
    const started = performance.now()
    expect(attempt(`name: x\ntimezone: UTC\nstreams:\n${stream(0, stages)}goals:\n${goals}`)).toBe('refused')
    expect(performance.now() - started).toBeLessThan(20_000)
  }, 60_000)
})

describe('the nearest name', () => {
  it.each([
    ['stagess', ['stages', 'states', 'started'], 'stages'],
    ['nmae', ['name', 'none'], 'name'],
    ['wip_limit', ['wipLimit', 'wip-limit'], 'wip-limit'],
    ['WIPLIMIT', ['wipLimit'], 'wipLimit'],
    ['dev', ['new', 'done'], undefined],
    ['x', [], undefined],
    ['completely different', ['name'], undefined],
  ])('%s → %s', (given, names, expected) => {
    expect(nearestName(given, names)).toBe(expected)
  })

  it('lists the least unlike first', () => {
    expect(nearestNames('Europe/Zurch', ['Asia/Tokyo', 'Europe/Paris', 'Europe/Zurich'], 2)).toEqual(['Europe/Zurich', 'Europe/Paris'])
  })
})
