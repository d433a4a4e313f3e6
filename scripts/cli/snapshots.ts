import { fromRows } from '@/lib/engine/columns'
import { encodeTextTable } from '@/lib/engine/encode/text-table'
import type { Manifest } from '@/lib/snapshot/manifest'
import { summarise } from '@/lib/snapshot/summary'
import { type DataOption, openStore } from './places'
import { print, say } from './terminal'

const BYTES_PER_MB = 1_000_000

/** `streamgauge snapshots` */
export async function snapshots(options: DataOption & { readonly format?: string }): Promise<void> {
  const store = openStore(options)
  const [manifests, currentId] = await Promise.all([store.list(), store.currentId()])
  if (options.format === 'json') {
    print(
      JSON.stringify(
        manifests.map((manifest) => ({ ...summarise(manifest, currentId), bytes: bytesOf(manifest) })),
        null,
        2,
      ),
    )
    return
  }
  if (!manifests.length) {
    say('There is no snapshot yet: "streamgauge demo" makes the demo portfolio, "streamgauge build FILE" reads your own data')
    return
  }
  const rows = manifests.map((manifest) => {
    const { id, name, item_count, change_count, as_of, created_at, is_current } = summarise(manifest, currentId)
    const size = Math.round(bytesOf(manifest) / (BYTES_PER_MB / 10)) / 10
    return {
      id,
      name,
      items: item_count,
      changes: change_count,
      as_of,
      created: created_at.slice(0, 19),
      size_mb: size,
      current: is_current ? 'current' : '',
    }
  })
  const columns = new Map(
    (['id', 'name', 'items', 'changes', 'as_of', 'created', 'size_mb', 'current'] as const).map(
      (name) => [name, KINDS[name] ?? 'text'] as const,
    ),
  )
  print(encodeTextTable(fromRows(rows, columns)))
}

const KINDS: Readonly<Record<string, 'int' | 'float'>> = { items: 'int', changes: 'int', size_mb: 'float' }

function bytesOf(manifest: Manifest): number {
  return manifest.files.reduce((sum, file) => sum + file.bytes, 0)
}
