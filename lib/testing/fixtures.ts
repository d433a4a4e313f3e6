import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Case, Disagreement } from './cases'

/** A case on which oracle and engine once disagreed, kept so that they never do again. */
export interface Fixture {
  readonly name: string
  readonly metric: string
  readonly case: Case
}

/** Writes a disagreement as `<metric>-<seed>.json` and gives its file. */
export async function writeFixture(folder: string, found: Disagreement, seed: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${found.metric}-${seed}.json`)
  await writeFile(file, `${JSON.stringify({ metric: found.metric, lines: found.lines.slice(0, 20), case: found.case }, null, 2)}\n`)
  return file
}

/** All fixtures of a folder, by name. */
export async function readFixtures(folder: string): Promise<Fixture[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const { metric, case: one } = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as { metric: string; case: Case }
      return { name, metric, case: one }
    }),
  )
}
