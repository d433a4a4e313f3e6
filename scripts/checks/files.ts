import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MOST_BYTES = 1_000_000

/** The project's text files by path: what git tracks or would track. */
export function readTextFiles(root: string): Readonly<Record<string, string>> {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  const files: Record<string, string> = {}
  for (const path of new Set(listing.split('\0').filter(Boolean))) {
    const place = join(root, path)
    if (!existsSync(place) || !statSync(place).isFile() || statSync(place).size > MOST_BYTES) continue
    const text = readFileSync(place, 'utf8')
    if (!text.includes('\0')) files[path] = text
  }
  return files
}
