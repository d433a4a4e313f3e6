import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'

/** Begins the name of what is not finished yet; the number of the process that makes it comes next. */
export const ASIDE = '.building-'
const NAME = /^\.building-(\d+)-/

/** Removes from a folder what processes left aside that died. @returns whether it holds nothing of living ones, either */
export async function sweepAside(folder: string): Promise<boolean> {
  let isAlone = true
  for (const name of await readdir(folder)) {
    const pid = NAME.exec(name)?.[1]
    if (pid === undefined) continue
    if (isRunning(Number(pid))) isAlone = false
    else await rm(path.join(folder, name), { recursive: true, force: true })
  }
  return isAlone
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
