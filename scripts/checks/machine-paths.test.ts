import { describe, expect, it } from 'vitest'
import { checkMachinePaths } from './machine-paths'

const found = (text: string) => checkMachinePaths({ 'a.md': text }).map(({ line, message }) => `${line} ${message}`)
// Put together here, or this file would be reported.
const absolute = (...parts: string[]) => `/${parts.join('/')}`

describe('paths of one machine', () => {
  it('finds them, with their line', () => {
    expect(found(`one\ncd ${absolute('work', 'main')}`)).toEqual([`2 names a path of one machine: ${absolute('work', 'main')}`])
    expect(found(`'${absolute('home', 'ann', 'x')}'`)).toHaveLength(1)
    expect(found(`see ${absolute('tmp', 'out.txt')}`)).toEqual([`1 names a fixed path in /tmp: ${absolute('tmp', 'out.txt')}`])
  })

  it('finds addresses of package registries', () => {
    expect(found(`"resolved": "${'https:'}//mirror.example/a.tgz"`)).toHaveLength(1)
    expect(found(`registry=${'https:'}//mirror.example/`)).toHaveLength(1)
    expect(found(`"resolved": "${'https:'}//registry.npmjs.org/a.tgz"`)).toEqual([])
  })

  it('lets pass routes, relative paths, addresses and placeholders', () => {
    expect(
      found("app/streams/[stream]/work/panel.tsx '../work/a' @/work/a https://example.com/home/a ${root}/work/a /home/somebody"),
    ).toEqual([])
  })
})
