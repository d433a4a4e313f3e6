import { describe, expect, it } from 'vitest'
import { canonicalConfig } from './canonical'
import { fixture, read } from './fixtures/read'

const EXAMPLE = fixture('issue-example.yaml')
const base = canonicalConfig(read(EXAMPLE))

describe('canonicalConfig', () => {
  it('is JSON with sorted keys that says the same each time', () => {
    expect(canonicalConfig(read(EXAMPLE))).toBe(base)
    expect(Object.keys(JSON.parse(base))).toEqual(['annotations', 'calendar', 'goals', 'kpis', 'name', 'streams', 'timezone'])
  })

  it.each([
    ['comments', EXAMPLE.replaceAll(/ +#.*$/gm, '')],
    ['the order of keys', EXAMPLE.replace('{id: new, name: New, kind: queue', '{kind: queue, name: New, id: new')],
    [
      'defaults written out',
      EXAMPLE.replace('committed: active', 'committed: active\n    finished: done\n    started: active\n    timezone: UTC'),
    ],
    ['the folder of the data', EXAMPLE.replace('path: incident', 'path: /srv/data/incident')],
    ['a relative folder', EXAMPLE.replace('path: incident', 'path: ../../data/incident')],
  ])('does not depend on %s', (_, text) => {
    expect(text).not.toBe(EXAMPLE)
    expect(canonicalConfig(read(text))).toBe(base)
  })

  it.each([
    ['a mapping', EXAMPLE.replace('states: [New]', 'states: [New, Draft]')],
    [
      'the order of stages',
      EXAMPLE.replace(/( +- \{id: new.*\n)( +- \{id: active.*\n)/, '$2$1').replace('committed: active', 'committed: active'),
    ],
    ['a target', EXAMPLE.replace('target: 8', 'target: 7')],
    ['the zone', EXAMPLE.replace('timezone: UTC\n', 'timezone: Asia/Tokyo\n')],
  ])('tells a change of %s', (_, text) => {
    expect(text).not.toBe(EXAMPLE)
    expect(canonicalConfig(read(text))).not.toBe(base)
  })

  it('names no folder', () => {
    expect(canonicalConfig(read(EXAMPLE.replace('path: incident', 'path: /home/somebody/incident')))).not.toContain('somebody')
  })
})
