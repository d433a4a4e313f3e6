import type { Metadata } from 'next'
import { Suspense } from 'react'
import { shellData } from '../../_server/shell'
import { ExplainProvider } from '../../_ui/explain/explain-provider'
import { NoSnapshot } from '../../_ui/no-snapshot'
import { ItemView } from './item-view'

interface ItemPageProps {
  readonly params: Promise<{ item: string }>
}

export async function generateMetadata({ params }: ItemPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).item) }
}

export default async function ItemPage({ params }: ItemPageProps) {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  return (
    <Suspense>
      <ExplainProvider>
        <ItemView item={decodeURIComponent((await params).item)} />
      </ExplainProvider>
    </Suspense>
  )
}
