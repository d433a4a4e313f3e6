import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const BINARIES = { '@tool/linux-x64-musl': '1.2.3', '@tool/darwin-arm64': '1.2.3' }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamgauge-lockfile-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('lockfile.mjs', () => {
  it('adds an entry per missing binary that no other system will fetch, and is then content', () => {
    const file = lockfile({ 'node_modules/tool': { version: '1.2.3', dev: true, optionalDependencies: BINARIES } })
    expect(run(file, '--check')).toMatchObject({ status: 1, stderr: expect.stringContaining('@tool/darwin-arm64') })
    expect(run(file).status).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8')).packages).toMatchObject({
      'node_modules/@tool/linux-x64-musl': { version: '1.2.3', cpu: ['x64'], os: ['linux'], libc: ['musl'], optional: true, dev: true },
      'node_modules/@tool/darwin-arm64': { version: '1.2.3', cpu: ['arm64'], os: ['darwin'], optional: true, dev: true },
    })
    expect(run(file, '--check').status).toBe(0)
  })

  it('finds a binary that lies in the folder of its package', () => {
    const tool = 'node_modules/kit/node_modules/tool'
    const file = lockfile({
      [tool]: { version: '1.2.3', optionalDependencies: { '@tool/darwin-arm64': '1.2.3' } },
      [`${tool}/node_modules/@tool/darwin-arm64`]: { version: '1.2.3' },
    })
    expect(run(file, '--check').status).toBe(0)
  })

  it('writes down no version that is not exact', () => {
    const file = lockfile({ 'node_modules/tool': { version: '1.2.3', optionalDependencies: { '@tool/darwin-arm64': '^1.2.3' } } })
    expect(run(file)).toMatchObject({ status: 1, stderr: expect.stringContaining('"^1.2.3"') })
  })
})

function lockfile(packages: object): string {
  const file = join(folder, 'package-lock.json')
  writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages }))
  return file
}

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'lockfile.mjs'), ...args], { encoding: 'utf8' })
}
