import path from 'node:path'
import type { Manifest, Repair } from '@/lib/snapshot/manifest'
import type { SnapshotStore } from '@/lib/snapshot/store'
import { formatDay } from '@/lib/time/day'
import { plural } from './terminal'

/** What was done about dirty input, in words. */
const REPAIRS: Readonly<Record<string, string>> = {
  time_backwards: 'went back in time and were sorted into place',
  state_missing_unchanged: 'told no state and were read as unchanged',
  first_state_missing: 'came before the first known state of their item',
  state_repeated: 'repeated the state before',
  created_after_first_change: 'items had a creation time after their first change, which counts instead',
  first_state_inferred: 'items were created before their first recorded change and were put into the first stage from then on',
}

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
  const what = REPAIRS[rule] ?? rule.replaceAll('_', ' ')
  const noun = what.startsWith('items ') ? '' : 'rows '
  return `  Stream ${streamId}: ${rowCount.toLocaleString('en')} ${noun}${what}${example === null ? '' : ` (for example item ${example})`}`
}
