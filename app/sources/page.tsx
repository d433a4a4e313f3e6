import type { Metadata } from 'next'
import { shellData } from '../_server/shell'
import { NoSnapshot } from '../_ui/no-snapshot'
import { PageFrame } from '../_ui/page-frame'
import { SourcesView } from './sources-view'

export const metadata: Metadata = { title: 'Sources' }

export default async function SourcesPage() {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  return (
    <PageFrame
      title="Sources"
      lead="What these figures were made from: which files were read, what had to be put right, what was left out and why, and which snapshots there are."
    >
      <SourcesView />
    </PageFrame>
  )
}
