import { describe, expect, it } from 'vitest'
import { checkLimits } from './limits'
import { readProject } from './project'

const found = (path: string, text: string) =>
  checkLimits(readProject({ [path]: text })).map(({ level, line, message }) => `${level} ${line} ${message}`)
const lines = (count: number) => '//\n'.repeat(count)
const body = (lineCount: number) => `{\n${lines(lineCount - 2)}}`

describe('limits', () => {
  it('fails above 400 lines, warns above 250', () => {
    expect(found('a.ts', lines(250))).toEqual([])
    expect(found('a.ts', lines(251))).toEqual(['warning 0 the file has 251 lines (aim 250, limit 400)'])
    expect(found('a.ts', lines(400))).toEqual(['warning 0 the file has 400 lines (aim 250, limit 400)'])
    expect(found('a.mjs', lines(401))).toEqual(['error 0 the file has 401 lines (aim 250, limit 400)'])
    expect(found('a.test.ts', lines(401))).toHaveLength(1)
    expect(checkLimits(readProject({ 'a.ts': lines(401) }))[0]?.reason).toMatch('split it')
  })

  it('fails for functions above 80 lines, warns above 40, whatever their form', () => {
    expect(found('a.ts', `function long() ${body(40)}`)).toEqual([])
    expect(found('a.ts', `\nfunction long() ${body(41)}`)).toEqual(['warning 2 long has 41 lines (aim 40, limit 80)'])
    for (const text of [
      `export function long() ${body(81)}`,
      `const long = () => ${body(81)}`,
      `class A { long() ${body(81)} }`,
      `const o = { long() ${body(81)} }`,
    ]) {
      expect(found('a.tsx', text)).toEqual(['error 1 long has 81 lines (aim 40, limit 80)'])
    }
    expect(found('a.ts', `fetch(() => ${body(81)})`)).toEqual(['error 1 the function handed to fetch has 81 lines (aim 40, limit 80)'])
  })

  it('lets a suite be long, and not a test of it', () => {
    expect(found('a.test.ts', `describe('x', () => ${body(200)})`)).toEqual([])
    expect(found('a.test.ts', `describe.each([1])('x', () => ${body(200)})`)).toEqual([])
    expect(found('a.test.ts', `it('x', () => ${body(81)})`)).toHaveLength(1)
    expect(found('a.ts', `describe('x', () => ${body(81)})`)).toHaveLength(1)
  })
})
