import type { Metadata } from 'next'
import { shellData } from '../_server/shell'
import { NoSnapshot } from '../_ui/no-snapshot'
import { PageFrame } from '../_ui/page-frame'
import { VerifyView } from './verify-view'

export const metadata: Metadata = { title: 'Verify' }

export default async function VerifyPage() {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  return (
    <PageFrame
      title="Verify"
      lead="Whether this snapshot can be trusted: its files are the ones that were published, its tables agree with each other, a second program that shares no code with the first recounts the raw history and arrives at the same figures, and answers add up."
    >
      <VerifyView />
    </PageFrame>
  )
}
