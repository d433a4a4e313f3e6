import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ReadFile, SourceGrowth, SourceReport } from '../../history/session'
import type { ReadContext } from '../connector'
import { expandPaths, findFiles } from './files'
import { normaliseFileSource } from './options'

/** What came to a source since it was read: files whose names stand behind all those that it had, while these are as they were. @throws Problem */
export async function fileGrowth(
  { stream, source: config, baseFolder }: Pick<ReadContext, 'stream' | 'source' | 'baseFolder'>,
  known: SourceReport,
): Promise<SourceGrowth> {
  const source = normaliseFileSource(config)
  const where = `stream ${stream.id}`
  const names = await expandPaths(source.path, baseFolder, where)
  const misplaced = known.files.find(({ name }, place) => names[place] !== name)
  if (misplaced) return { obstacle: `"${misplaced.name}" is no longer where it stood among the files of ${where}` }
  for (const file of known.files) {
    if (!(await isAsItWas(file, baseFolder, where))) return { obstacle: `"${file.name}" has changed since it was read` }
  }
  const files = names.slice(known.files.length)
  if (files.length && source.query !== undefined) return { obstacle: `the query of ${where} goes over all its files at once` }
  return { files }
}

async function isAsItWas(file: ReadFile, baseFolder: string, where: string): Promise<boolean> {
  const { size, mtimeMs } = await stat(path.resolve(baseFolder, file.name))
  if (size !== file.bytes) return false
  if (mtimeMs === file.modifiedAt) return true
  const [now] = await findFiles([file.name], baseFolder, where)
  return now?.sha256 === file.sha256
}
