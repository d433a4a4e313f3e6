import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { fileOptions } from '@/lib/connectors/file/options'
import { fixture } from './fixtures/read'
import { portfolioJsonSchema } from './json-schema'

const schema = portfolioJsonSchema({ file: fileOptions })
const validator = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)))

describe('the JSON Schema of a portfolio file', () => {
  it('is the one that lies in public/', () => {
    const text = readFileSync(new URL('../../public/portfolio.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  it.each(['issue-example.yaml', 'incidents.yaml', 'proposals.yaml', 'board-export.yaml'])('accepts %s', (name) => {
    expect(validator.safeParse(parse(fixture(name))).error?.issues).toBeUndefined()
  })

  it.each([
    ['name: IT service', 'nmae: IT service'],
    ['connector: file', 'connector: fiel'],
    ['kind: queue', 'kind: queu'],
    ['sle: {percentile: 85', 'sle: {percentile: 101'],
    ['columns: {item: number', 'columns: {itme: number'],
  ])('refuses %s → %s', (from, to) => {
    expect(validator.safeParse(parse(fixture('issue-example.yaml').replace(from, to))).success).toBe(false)
  })

  it('describes what a person would ask about', () => {
    expect(JSON.stringify(schema)).toContain('Stage at which flow time starts')
    expect(schema.required).toEqual(['name', 'timezone', 'streams'])
  })
})
