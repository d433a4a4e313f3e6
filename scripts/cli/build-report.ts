import path from 'node:path'
import type { Manifest, Repair } from '@/lib/snapshot/manifest'
import { repairWords } from '@/lib/snapshot/repair-words'
import type { SnapshotStore } from '@/lib/snapshot/store'
import { formatDay } from '@/lib/time/day'
import { plural } from './terminal'

/** What a build says of its snapshot. */
export function buildReport(manifest: Manifest, store: SnapshotStore): string {
  const { counts, firstDay, lastDay, repairs, warnings } = manifest
  const folder = path.join(store.folder, manifest.id)
  const lines = [
    `Snapshot ${manifest.id} is published`,
    `  ${plural(counts.items, 'item')}, ${plural(counts.changes, 'change')}, ${plural(counts.finished, 'item')} finished`,
    `  ${formatDay(firstDay)} to ${formatDay(lastDay)} (${plural(lastDay - firstDay + 1, 'day')})`,
  ]
  if (counts.rejects)
    lines.push(`  ${plural(counts.rejects, 'row')} left out; kept with their reasons in ${path.join(folder, 'rejects.parquet')}`)
  if (repairs.length) lines.push('Repaired:', ...repairs.map(repairText))
  if (warnings.length) lines.push('Worth knowing:', ...warnings.map((warning) => `  ${warning}`))
  return lines.join('\n')
}

function repairText({ streamId, rule, rowCount, example }: Repair): string {
  const what = repairWords(rule)
  const noun = what.startsWith('items ') ? '' : 'rows '
  return `  Stream ${streamId}: ${rowCount.toLocaleString('en')} ${noun}${what}${example === null ? '' : ` (for example item ${example})`}`
}
