import { describe, expect, it } from 'vitest'
import { checkDeadCode, type Kept } from './dead-code'
import { checkDependencies, type PackageFile } from './dependencies'
import { readProject } from './project'

function dead(files: Record<string, string>, kept: Kept = {}, entries: readonly string[] = []) {
  return checkDeadCode(readProject(files), { kept, entries: new Set(entries) }).map(({ path, message }) => `${path}: ${message}`)
}

describe('dead code', () => {
  it('finds files that nothing reaches, and follows imports, types, files named as text and style sheets', () => {
    const files = {
      'app/page.tsx': "import './a.css'\nimport type { B } from '@/lib/b'\nnew URL('../lib/worker.ts', import.meta.url)\nexport default 1",
      'app/a.css': '',
      'app/old.css': '',
      'lib/b.ts': 'export type B = 1',
      'lib/worker.ts': '',
      'lib/old.ts': "import { B } from './b'",
    }
    expect(dead(files)).toEqual(['app/old.css: nothing reaches this file', 'lib/old.ts: nothing reaches this file'])
  })

  it('finds files and exports that only tests need', () => {
    const files = { 'lib/a.test.ts': "import { a } from './a'", 'lib/a.ts': 'export const a = 1' }
    expect(dead(files)).toEqual(['lib/a.ts: only tests reach this file', 'lib/a.ts: only tests use the export a'])
    expect(dead(files, { 'lib/a.ts': 'a reason' })).toEqual([])
    expect(dead({ 'lib/a.test.ts': "import { a } from './testing/a'", 'lib/testing/a.ts': 'export const a = 1' })).toEqual([])
  })

  it('finds exports that nothing takes, or that are used in their own file alone', () => {
    const taken = "import { used } from '@/lib/a'\nexport default 1"
    expect(dead({ 'app/page.tsx': taken, 'lib/a.ts': 'export const used = 1, unused = 2\nexport default 3' })).toEqual([
      'lib/a.ts: nothing uses the export unused',
      'lib/a.ts: nothing uses the export default',
    ])
    expect(dead({ 'app/page.tsx': taken, 'lib/a.ts': 'export const own = 1\nexport const used = own' })).toHaveLength(1)
    expect(dead({ 'app/page.tsx': taken, 'lib/a.ts': 'export interface Own { a: 1 }\nexport const used: Own = { a: 1 }' })).toEqual([])
    expect(
      dead({
        'app/page.tsx': taken,
        'lib/a.ts': 'export const own = 1\nexport const used = own',
        'lib/a.test.ts': "import { own } from './a'",
      }),
    ).toEqual([])
  })

  it.each([
    "import * as a from '@/lib/a'",
    "const { used } = await import('@/lib/a')",
    "(await import('@/lib/a')).used",
    "import('@/lib/a').then(({ used }) => used)",
    "import { used as other } from '@/lib/a'",
    "export { used } from '@/lib/a'",
  ])('knows that %s takes the export', (text) => {
    expect(dead({ 'app/page.tsx': text, 'lib/a.ts': 'export const used = 1' })).toEqual([])
  })

  it('takes commands for entries, and reports exceptions that are out of date', () => {
    expect(dead({ 'tools/x/main.ts': '' }, {}, ['tools/x/main.ts'])).toEqual([])
    expect(dead({}, { 'lib/gone.ts#a': 'a reason' })).toEqual(['scripts/checks/kept.ts: lib/gone.ts#a is not there'])
  })
})

describe('packages', () => {
  const unused = (file: PackageFile, text: string, styles: readonly string[] = []) =>
    checkDependencies(
      readProject({ 'app/page.tsx': text }),
      file,
      (name) => (name === 'runner' ? { bin: { run: 'x' } } : name === 'used' ? { peerDependencies: { peer: '1' } } : {}),
      styles,
    ).map(({ message }) => message)

  it('finds packages that nothing names', () => {
    expect(unused({ dependencies: { used: '1', idle: '1' }, devDependencies: { '@a/idle': '1' } }, "import 'used/styles.css'")).toEqual([
      'nothing uses the package idle',
      'nothing uses the package @a/idle',
    ])
  })

  it('counts commands, peers, types, plugins by name and style sheets', () => {
    const listed = ['used', 'runner', 'peer', '@types/peer', '@types/node', 'plugin', '@a/font']
    const file = { scripts: { check: 'x && run .' }, dependencies: Object.fromEntries(listed.map((name) => [name, '1'])) }
    expect(unused(file, "import 'used'\nexport const plugins = { 'plugin': {} }", ["@import '@a/font/index.css';"])).toEqual([])
    expect(
      unused({ ...file, scripts: {} }, "import 'used'\nexport const plugins = { 'plugin': {} }", ["@import '@a/font/index.css';"]),
    ).toHaveLength(1)
  })
})
