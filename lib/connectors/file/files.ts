import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { glob } from 'tinyglobby'
import { Problem } from '../../problem'

export type FileFormat = 'csv' | 'parquet' | 'json' | 'ndjson'

export interface SourceFile {
  /** As people know it: relative to the portfolio file. */
  readonly name: string
  readonly path: string
  readonly format: FileFormat
  readonly bytes: number
  readonly sha256: string
  /** ms since 1970 */
  readonly modifiedAt: number
  /** First bytes of the text, decompressed; empty for Parquet. */
  readonly head: Buffer
}

const FORMATS: readonly [RegExp, FileFormat][] = [
  [/\.(csv|tsv|txt)(\.gz)?$/i, 'csv'],
  [/\.parquet$/i, 'parquet'],
  [/\.(ndjson|jsonl)(\.gz)?$/i, 'ndjson'],
  [/\.json(\.gz)?$/i, 'json'],
]
const HEAD_BYTES = 1 << 16

/** Names of all files behind a source's paths, path by path, in the order of their names. @throws Problem naming the path */
export async function expandPaths(paths: readonly string[], baseFolder: string, where: string): Promise<string[]> {
  const names = new Set<string>()
  for (const pattern of paths) {
    const found = await expand(pattern, baseFolder)
    if (!found.length) {
      throw new Problem('file-not-found', 'A source names a file that is not there', {
        faults: [{ where, message: `no file matches "${pattern}" beside the portfolio file: correct the path or put the file there` }],
      })
    }
    for (const name of found.sort()) names.add(name)
  }
  return [...names]
}

/** Files by their names, each read once to its end. @throws Problem naming the file */
export async function findFiles(names: readonly string[], baseFolder: string, where: string): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  for (const name of names) files.push(await inspect(name, path.resolve(baseFolder, name), where))
  return files
}

async function expand(pattern: string, baseFolder: string): Promise<string[]> {
  if (!/[*?[{]/.test(pattern)) {
    const found = await stat(path.resolve(baseFolder, pattern)).catch(() => undefined)
    return found?.isFile() ? [pattern] : []
  }
  return glob(pattern, { cwd: baseFolder, dot: false })
}

async function inspect(name: string, file: string, where: string): Promise<SourceFile> {
  const format = FORMATS.find(([pattern]) => pattern.test(name))?.[1]
  if (!format) {
    throw new Problem('unknown-file-format', 'A source names a file of an unknown kind', {
      faults: [
        {
          where,
          message: `"${name}" has an ending that is not known`,
          allowed: ['.csv', '.csv.gz', '.tsv', '.parquet', '.json', '.ndjson'],
        },
      ],
    })
  }
  const { size, mtimeMs } = await stat(file)
  if (size === 0)
    throw new Problem('empty-file', 'A source names an empty file', { faults: [{ where, message: `"${name}" has no content` }] })
  const hash = createHash('sha256')
  const head: Buffer[] = []
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const isZipped = /\.gz$/i.test(name)
  try {
    const steps = [createReadStream(file), hashing, ...(isZipped ? [createGunzip()] : []), drain(head)]
    await pipeline(steps)
  } catch (error) {
    throw new Problem('damaged-file', 'A source file is damaged', {
      faults: [{ where, message: `"${name}" can't be unpacked to its end (${reasonOf(error)}): fetch or export it again` }],
      cause: error,
    })
  }
  return {
    name,
    path: file,
    format,
    bytes: size,
    sha256: hash.digest('hex'),
    modifiedAt: mtimeMs,
    head: Buffer.concat(head).subarray(0, HEAD_BYTES),
  }
}

/** Swallows a stream and keeps its beginning. */
function drain(head: Buffer[]): Transform {
  let kept = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (kept < HEAD_BYTES) {
        head.push(chunk)
        kept += chunk.length
      }
      done()
    },
  }).resume()
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'Z_BUF_ERROR' ? 'it ends in the middle' : message
}
