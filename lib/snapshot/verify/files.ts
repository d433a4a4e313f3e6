import path from 'node:path'
import type { SnapshotFile } from '../manifest'
import { fileSize, hashFile } from '../store'
import type { CheckResult } from './verify'

/** Whether a file is byte for byte the one that was published. */
export async function checkFile(folder: string, file: SnapshotFile): Promise<CheckResult> {
  const name = `file ${file.name}`
  const location = path.join(folder, file.name)
  try {
    const bytes = await fileSize(location)
    if (bytes !== file.bytes) return { name, isMet: false, detail: `${bytes} bytes, the manifest says ${file.bytes}` }
    const sha256 = await hashFile(location)
    if (sha256 !== file.sha256)
      return { name, isMet: false, detail: `its content has the hash ${sha256}, the manifest says ${file.sha256}` }
    return { name, isMet: true, detail: `${bytes} bytes, sha256 ${sha256.slice(0, 12)}…` }
  } catch (error) {
    return { name, isMet: false, detail: `can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})` }
  }
}
