import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { planDraft } from '@/lib/config/draft/plan'
import { writeDraft } from '@/lib/config/draft/write'
import { profileFile } from '@/lib/connectors/file/profile'
import { openBuilder } from '@/lib/engine/duckdb/builder'
import { Problem } from '@/lib/problem'
import { print } from './terminal'

export interface InitOptions {
  readonly output?: string
  readonly force?: boolean
}

/** `streamgauge init DATAFILE`: drafts a portfolio file beside the data. */
export async function init(dataFile: string, options: InitOptions): Promise<void> {
  const data = path.resolve(dataFile)
  const target = options.output === '-' ? undefined : path.resolve(options.output ?? path.join(path.dirname(data), 'portfolio.yaml'))
  if (target !== undefined && !options.force && existsSync(target)) {
    throw new Problem('file-exists', `${target} exists already`, {
      detail: 'Name another file with --output, or overwrite it with --force',
    })
  }
  const text = await draft(data, target === undefined ? process.cwd() : path.dirname(target))
  if (target === undefined) return print(text)
  await writeFile(target, text)
  print(
    `Drafted ${target}: look at what is marked as a guess, then run "streamgauge build ${path.relative(process.cwd(), target) || target}"`,
  )
}

/** @param folder where the draft will lie: the data's path in it is relative to this */
async function draft(data: string, folder: string): Promise<string> {
  const builder = await openBuilder()
  try {
    const { profile, states } = await profileFile(builder, path.relative(folder, data).split(path.sep).join('/'), folder)
    const plan = planDraft(profile)
    return writeDraft(plan, await states(plan))
  } finally {
    builder.close()
  }
}
