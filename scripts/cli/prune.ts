import { type DataOption, openStore } from './places'
import { misuse, plural, print } from './terminal'

/** `streamgauge prune`: keeps the newest snapshots and always the current one. */
export async function prune(options: DataOption & { readonly keep: string }): Promise<void> {
  if (!/^\d{1,6}$/.test(options.keep)) throw misuse('--keep', `must be a whole number, not "${options.keep}"`)
  const store = openStore(options)
  const [manifests, currentId] = await Promise.all([store.list(), store.currentId()])
  const superfluous = manifests.slice(Number(options.keep)).filter((manifest) => manifest.id !== currentId)
  for (const { id } of superfluous) {
    await store.remove(id)
    print(`removed ${id}`)
  }
  print(`${plural(manifests.length - superfluous.length, 'snapshot')} kept`)
}
