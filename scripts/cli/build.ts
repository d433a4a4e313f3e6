import { buildReport } from './build-report'
import { makeSnapshot } from './make-snapshot'
import { type DataOption, openStore } from './places'
import { Progress, print } from './terminal'

/** `streamgauge build FILE` */
export async function build(file: string, options: DataOption & { readonly whole?: boolean }): Promise<void> {
  const store = openStore(options)
  const progress = new Progress()
  try {
    const manifest = await makeSnapshot(file, store, { isWhole: options.whole, progress: progress.report })
    progress.done()
    print(buildReport(manifest, store))
  } finally {
    progress.done()
  }
}
