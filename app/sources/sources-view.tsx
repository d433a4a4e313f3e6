'use client'

import { useQuery } from '@tanstack/react-query'
import { sourcesQuery } from '@/lib/client/sources'
import type { Provenance } from '@/lib/metrics/verify/provenance'
import { PanelError, PanelSkeleton } from '../_ui/panel-states'
import { useSnapshot } from '../_ui/shell-context'
import { FilesTable } from './files-table'
import { LeftOut } from './left-out'
import { SnapshotsTable } from './snapshots-table'
import classes from './sources.module.css'

/** Everything that is known of where figures come from. */
export function SourcesView() {
  const { snapshot } = useSnapshot()
  const result = useQuery(sourcesQuery(snapshot.id))
  if (result.error) return <PanelError error={result.error} height={240} onRetry={() => void result.refetch()} />
  if (!result.data)
    return (
      <div aria-busy>
        <PanelSkeleton height={480} />
      </div>
    )
  return (
    <>
      <Completeness found={result.data} />
      <FilesTable sources={result.data.sources} />
      <LeftOut found={result.data} />
      <SnapshotsTable snapshots={result.data.snapshots} />
    </>
  )
}

/** The share of what was told that is in the figures, in a sentence. */
function Completeness({ found }: { found: Provenance }) {
  const { format } = useSnapshot()
  const rows = found.sources.flatMap(({ files }) => files).reduce((sum, { rowCount }) => sum + rowCount, 0)
  const repaired = found.repairs.reduce((sum, { count }) => sum + count, 0)
  const unmapped = found.unmapped.reduce((sum, { changes }) => sum + changes, 0)
  const share = rows === 0 ? 1 : Math.max(0, 1 - found.reject_count / rows)
  return (
    <section className={classes.card} aria-labelledby="complete" data-panel="completeness">
      <h2 id="complete">Completeness</h2>
      <p className={classes.verdict}>
        {found.reject_count === 0
          ? `All ${format.count(rows, 'row')} that were read are in the figures.`
          : `${format.percent(share, 2)} of ${format.count(rows, 'row')} are in the figures; ${format.count(found.reject_count, 'row')} could not be used.`}{' '}
        {repaired > 0 ? `${format.count(repaired, 'row')} had to be put right.` : 'Nothing had to be put right.'}{' '}
        {unmapped > 0
          ? `${format.count(unmapped, 'change')} stand in states that no stage names: add these to the portfolio file.`
          : 'Every state belongs to a stage.'}
      </p>
    </section>
  )
}
