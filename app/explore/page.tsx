import type { Metadata } from 'next'
import { Suspense } from 'react'
import { shellData } from '../_server/shell'
import { DrillProvider } from '../_ui/drill'
import { ExplainProvider } from '../_ui/explain/explain-provider'
import { NoSnapshot } from '../_ui/no-snapshot'
import { PageFrame } from '../_ui/page-frame'
import { ScopeBar } from '../_ui/scope/scope-bar'
import { ExploreView } from './explore-view'
import { metricAreas } from './metric-form'

export const metadata: Metadata = { title: 'Explore' }

export default async function ExplorePage() {
  const { snapshot } = await shellData()
  if (!snapshot) return <NoSnapshot />
  return (
    <PageFrame
      title="Explore"
      lead="Any metric, in any scope, split by any dimension. The address is the view: send it, and others see the same."
    >
      <Suspense>
        <ExplainProvider>
          <DrillProvider>
            <ScopeBar />
            <ExploreView areas={metricAreas()} />
          </DrillProvider>
        </ExplainProvider>
      </Suspense>
    </PageFrame>
  )
}
